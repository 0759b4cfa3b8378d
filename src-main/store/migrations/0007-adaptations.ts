// Schema 7: photos that runs were adapted with, and what that gained. Never edited once released.
import { type Kysely, sql } from 'kysely'

/** Named by its content, so that an experiment that names it means the same photos for ever. */
const photoSets = sql`
  create table photoSets (
    hash text primary key not null check (length(hash) = 16),
    inputs blob not null,
    labels blob not null check (length(labels) > 0 and length(inputs) = length(labels) * 784),
    createdAt text not null
  ) strict, without rowid`

const adaptationGains = sql`
  create table adaptationGains (
    runId text primary key not null references runs (id) on delete cascade,
    gain text not null check (case when json_valid(gain) then json_type(gain) = 'object' else 0 end)
  ) strict, without rowid`

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [photoSets, adaptationGains]) await statement.execute(database)
}
