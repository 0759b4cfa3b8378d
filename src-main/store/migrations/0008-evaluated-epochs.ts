// Schema 8: after which epoch a run was evaluated, and when. A run that is to be trained further keeps its evaluation: by
// this it is known whether it is still of its last epoch. Never edited once released.
import { type Kysely, sql } from 'kysely'

const columns = [
  sql`alter table evaluations add column epoch integer check (epoch >= 1)`,
  sql`alter table evaluations add column finishedAt text`,
]

/** Of a run that was already to be trained further nobody knows: there it stays null. */
const known = sql`
  update evaluations set
    epoch = (select max(epochs.epoch) from epochs where epochs.runId = evaluations.runId),
    finishedAt = (select runs.finishedAt from runs where runs.id = evaluations.runId)
  where runId in (select id from runs where status = 'completed')`

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [...columns, known]) await statement.execute(database)
}
