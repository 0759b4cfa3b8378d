// Many runs at once, whole, in three queries however many there are; and their answers, in one.
import { Failure, type FailureRecord } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { StoreDatabase } from './database.ts'
import { type EpochRow, rowToEpoch } from './epoch-rows.ts'
import { type EvaluationRow, rowToEvaluation } from './evaluations.ts'
import { rowToRun } from './read-run.ts'
import { noSuchRun } from './require-run.ts'

export interface RunsRead {
  /** In the order asked for. */
  readonly runs: readonly Run[]
  /** Runs that are not there or cannot be read. */
  readonly missing: readonly { readonly id: string; readonly message: string }[]
}

/** Each id is read once, by its whole length; deleted runs are found too. */
export async function readRuns(database: StoreDatabase, ids: readonly string[]): Promise<RunsRead> {
  const wanted = [...new Set(ids)]
  const rows = await database.selectFrom('runs').selectAll().where('id', 'in', wanted).execute()
  const epochs = await database
    .selectFrom('epochs')
    .selectAll()
    .where('runId', 'in', wanted)
    .orderBy('runId')
    .orderBy('epoch')
    .execute()
  const evaluations = await database
    .selectFrom('evaluations')
    .selectAll()
    .where('runId', 'in', wanted)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const epochsOf = Map.groupBy(epochs, ({ runId }: EpochRow) => runId)
  const evaluationOf = new Map(evaluations.map((row): [string, EvaluationRow] => [row.runId, row]))
  const runs: Run[] = []
  const missing: { id: string; message: string }[] = []
  for (const id of wanted) {
    const found = attempt(() => {
      const row = byId.get(id)
      if (row === undefined) throw noSuchRun(id)
      const metrics = (epochsOf.get(id) ?? []).map(rowToEpoch).filter((epoch) => epoch !== null)
      return rowToRun(row, metrics, () => rowToEvaluation(evaluationOf.get(id)))
    })
    if ('code' in found) missing.push({ id, message: found.message })
    else runs.push(found)
  }
  return { runs, missing }
}

/** What each run answered on every image, by run; runs that were not evaluated are left out. */
export async function readAnswers(
  database: StoreDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await database
    .selectFrom('predictions')
    .select(['runId', 'labels'])
    .where('runId', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ runId, labels }) => [runId, new Uint8Array(labels)]))
}

function attempt(read: () => Run): Run | FailureRecord {
  try {
    return read()
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, message: error.message }
    throw error
  }
}
