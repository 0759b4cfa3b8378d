// Whether it is time for a backup. A sweep of short runs is not to copy the whole history after each of them: one copy
// in ten minutes holds all that was completed before it, and what was completed after it is due when they are over.
import { timeOfNewestBackup } from './backups.ts'
import type { StoreDatabase } from './database.ts'

export const BACKUP_PAUSE_MS = 10 * 60_000

export async function isBackupDue(
  database: StoreDatabase,
  directory: string,
  now = Date.now(),
): Promise<boolean> {
  const backedUp = timeOfNewestBackup(directory) ?? Number.NEGATIVE_INFINITY
  // A newest backup from the future was made before a clock was set back, and says nothing.
  if (backedUp <= now && now - backedUp < BACKUP_PAUSE_MS) return false
  const { finishedAt } = await database
    .selectFrom('runs')
    .select(({ fn }) => fn.max('finishedAt').as('finishedAt'))
    .where('status', '=', 'completed')
    .executeTakeFirstOrThrow()
  return finishedAt !== null && (backedUp > now || Date.parse(finishedAt) > backedUp)
}
