// One run, whole: its row, its epochs and its evaluation, checked as strictly as if they came from a stranger.
import { Failure } from '#shared/failure.ts'
import { type Run, runSchema } from '#shared/run.ts'
import type { StoreDatabase } from './database.ts'
import { rowToEpoch } from './epoch-rows.ts'
import { readEvaluationRow, rowToEvaluation } from './evaluations.ts'
import { decodeJson } from './json-column.ts'
import { type RunRow, noSuchRun } from './require-run.ts'
import { unreadableRun } from './unreadable-run.ts'

/** How many candidates an ambiguous beginning names. */
const NAMED_CANDIDATES = 5

/**
 * The run whose id is, or alone begins with, the text given; deleted runs are found too.
 * @throws Failure 'not-found' for none, 'conflict' for several, 'invalid-file' when its record cannot be read
 */
export async function findRun(database: StoreDatabase, idOrPrefix: string): Promise<Run> {
  const prefix = idOrPrefix.trim().toLowerCase()
  if (prefix === '') throw new Failure('not-found', 'No run was named: give its id or the beginning of it.')
  const rows = await database
    .selectFrom('runs')
    .selectAll()
    .where('id', '>=', prefix)
    .where('id', '<', `${prefix}~`) // '~' comes after every letter of an id
    .limit(NAMED_CANDIDATES + 1)
    .execute()
  const [row] = rows
  if (row === undefined) throw noSuchRun(idOrPrefix)
  if (rows.length > 1) throw ambiguous(idOrPrefix, rows)
  return readRun(database, row)
}

function ambiguous(prefix: string, rows: readonly RunRow[]): Failure {
  const candidates = rows.slice(0, NAMED_CANDIDATES).map(({ id, name }) => `${id} (${name})`)
  const more = rows.length > NAMED_CANDIDATES ? ' and more' : ''
  return new Failure(
    'conflict',
    `Several runs begin with '${prefix}': ${candidates.join(', ')}${more}. Give more letters of the id.`,
  )
}

async function readRun(database: StoreDatabase, row: RunRow): Promise<Run> {
  const epochs = await readEpochs(database, row.id)
  const evaluation = await readEvaluationRow(database, row.id)
  return rowToRun(row, epochs, () => rowToEvaluation(evaluation))
}

/**
 * @param readEvaluation gives the evaluation unchecked; its JSON may throw
 * @throws Failure 'invalid-file' when the record cannot be read
 */
export function rowToRun(row: RunRow, epochs: Run['epochs'], readEvaluation: () => unknown): Run {
  try {
    return runSchema.parse({
      ...row,
      experiment: decodeJson(row.experiment),
      dataset: {
        id: row.datasetId,
        name: row.datasetName,
        hash: row.datasetHash,
        directory: row.datasetDirectory,
        generated: row.datasetGenerated === 1,
        classNames: decodeJson(row.classNames),
      },
      engine: decodeJson(row.engine),
      hardware: decodeJson(row.hardware),
      starred: row.starred === 1,
      archived: row.archived === 1,
      tags: decodeJson(row.tags),
      epochs,
      evaluation: readEvaluation(),
    })
  } catch (error) {
    throw unreadableRun(row, error)
  }
}

async function readEpochs(database: StoreDatabase, runId: string): Promise<Run['epochs']> {
  const rows = await database
    .selectFrom('epochs')
    .selectAll()
    .where('runId', '=', runId)
    .orderBy('epoch')
    .execute()
  return rows.map(rowToEpoch).filter((epoch) => epoch !== null)
}
