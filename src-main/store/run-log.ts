// What happened to a run, line by line, as people read it.
import type { RunLogLine } from '#shared/run.ts'
import type { StoreDatabase } from './database.ts'
import { requireRun } from './require-run.ts'

/** Adds a line to the log of each run. */
export async function appendLog(
  database: StoreDatabase,
  runIds: readonly string[],
  text: string,
): Promise<void> {
  const time = new Date().toISOString()
  for (const runId of runIds) await database.insertInto('logLines').values({ runId, time, text }).execute()
}

/** Oldest first. @throws Failure 'not-found' */
export async function readLog(database: StoreDatabase, runId: string): Promise<readonly RunLogLine[]> {
  await requireRun(database, runId)
  return database
    .selectFrom('logLines')
    .select(['time', 'text'])
    .where('runId', '=', runId)
    .orderBy('id')
    .execute()
}
