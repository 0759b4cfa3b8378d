// The list of runs: one query, whatever the filter and the order, that reads each run's settings, last epoch and the
// headline of its evaluation, and nothing that grows with the number of epochs.
import { type InferResult, sql } from 'kysely'
import { experimentSchema } from '#shared/experiment.ts'
import type { RunList, RunQuery, RunSummary } from '#shared/run-list.ts'
import { runSchema } from '#shared/run.ts'
import type { StoreDatabase } from './database.ts'
import { rowToEpoch, splitMetrics } from './epoch-rows.ts'
import { decodeJson } from './json-column.ts'
import { parseRows } from './parse-rows.ts'
import { filterConditions } from './run-filter.ts'
import { SORT_COLUMNS } from './run-sort.ts'
import { unreadableRun } from './unreadable-run.ts'

/** Newest first unless the query sorts; a run that cannot be read is named in `unreadable` and does not stop the list. */
export async function listRuns(database: StoreDatabase, query: RunQuery): Promise<RunList> {
  const { parsed, unreadable } = parseRows(await selectSummaries(database, query).execute(), rowToSummary)
  return {
    runs: parsed,
    unreadable: unreadable.map(({ row, error }) => ({
      id: row.id,
      message: unreadableRun(row, error).message,
    })),
  }
}

const SUMMARY_COLUMNS = [
  'runs.id',
  'runs.name',
  'runs.status',
  'runs.reason',
  'runs.experiment',
  'runs.datasetId',
  'runs.datasetName',
  'runs.datasetHash',
  'runs.datasetDirectory',
  'runs.datasetGenerated',
  'runs.parameters',
  'runs.engineName',
  'runs.createdAt',
  'runs.startedAt',
  'runs.finishedAt',
  'runs.deletedAt',
  'runs.notes',
  'runs.tags',
  'runs.starred',
  'runs.archived',
  'epochs.epoch',
  'epochs.trainLoss',
  'epochs.trainAccuracy',
  'epochs.trainExactLoss',
  'epochs.trainCorrect',
  'epochs.trainCount',
  'epochs.validationLoss',
  'epochs.validationAccuracy',
  'epochs.validationExactLoss',
  'epochs.validationCorrect',
  'epochs.validationCount',
  'epochs.testLoss',
  'epochs.testAccuracy',
  'epochs.testExactLoss',
  'epochs.testCorrect',
  'epochs.testCount',
  'epochs.elapsedMs',
  'epochs.imagesPerSecond',
  'evaluations.split as evaluationSplit',
  'evaluations.loss as evaluationLoss',
  'evaluations.accuracy as evaluationAccuracy',
  'evaluations.exactLoss as evaluationExactLoss',
  'evaluations.correct as evaluationCorrect',
  'evaluations.count as evaluationCount',
  'evaluations.top5Accuracy',
] as const

type SummaryRow = InferResult<ReturnType<typeof selectSummaries>>[number]

function selectSummaries(database: StoreDatabase, { filter = {}, sort = [], limit }: RunQuery) {
  let selection = database
    .selectFrom('runs')
    .leftJoin('epochs', (join) =>
      join
        .onRef('epochs.runId', '=', 'runs.id')
        .on(
          'epochs.epoch',
          '=',
          sql<number>`(select max(epoch) from epochs as earlier where earlier.runId = runs.id)`,
        ),
    )
    .leftJoin('evaluations', 'evaluations.runId', 'runs.id')
    .select(SUMMARY_COLUMNS)
    .where((where) => where.and(filterConditions(where, filter)))
  for (const { by, order } of sort) {
    selection = selection.orderBy(SORT_COLUMNS[by], (column) =>
      (order === 'ascending' ? column.asc() : column.desc()).nullsLast(),
    )
  }
  selection = selection.orderBy('runs.createdAt', 'desc').orderBy(sql`runs.rowid`, 'desc')
  return limit === undefined ? selection : selection.limit(limit)
}

/** @throws whatever parsing throws for a record that cannot be read */
function rowToSummary(row: SummaryRow): RunSummary {
  const { id, name, status, reason, parameters, createdAt, startedAt, finishedAt, deletedAt, notes } = row
  return {
    id,
    name,
    status,
    reason,
    experiment: experimentSchema.parse(decodeJson(row.experiment)),
    dataset: {
      id: row.datasetId,
      name: row.datasetName,
      hash: row.datasetHash,
      directory: row.datasetDirectory,
      generated: row.datasetGenerated === 1,
    },
    parameters,
    engine: row.engineName,
    createdAt,
    startedAt,
    finishedAt,
    deletedAt,
    lastEpoch: rowToEpoch(row),
    evaluation: evaluationHeadline(row),
    notes,
    tags: runSchema.shape.tags.parse(decodeJson(row.tags)),
    starred: row.starred === 1,
    archived: row.archived === 1,
  }
}

function evaluationHeadline(row: SummaryRow): RunSummary['evaluation'] {
  const { evaluationSplit: split, top5Accuracy } = row
  const metrics = splitMetrics(
    row.evaluationLoss,
    row.evaluationAccuracy,
    row.evaluationExactLoss,
    row.evaluationCorrect,
    row.evaluationCount,
  )
  return split === null || metrics === null || top5Accuracy === null ? null : { split, metrics, top5Accuracy }
}
