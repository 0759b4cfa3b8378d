// Completed runs by what they trained and on which content, so that nobody trains the same thing twice unasked.
import type { StoreDatabase } from './database.ts'

export interface DoneExperiment {
  readonly id: string
  readonly datasetHash: string
  /** As JSON. */
  readonly experiment: string
}

/** Completed runs that are not deleted, on content with one of these hashes, oldest first. */
export async function listDoneExperiments(
  database: StoreDatabase,
  datasetHashes: readonly string[],
): Promise<readonly DoneExperiment[]> {
  return database
    .selectFrom('runs')
    .select(['id', 'datasetHash', 'experiment'])
    .where('status', '=', 'completed')
    .where('deletedAt', 'is', null)
    .where('datasetHash', 'in', datasetHashes)
    .orderBy('createdAt')
    .execute()
}
