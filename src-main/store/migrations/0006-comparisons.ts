// Schema 6: comparisons that are kept. Never edited once released.
import { type Kysely, sql } from 'kysely'

/** Runs are named in JSON and not by reference: a comparison outlives a run that was deleted. */
const comparisons = sql`
  create table comparisons (
    id text primary key not null check (length(id) = 8),
    name text not null check (length(name) > 0),
    notes text not null,
    runIds text not null check (case when json_valid(runIds) then json_type(runIds) = 'array' else 0 end),
    baseline text,
    view text not null check (case when json_valid(view) then json_type(view) = 'object' else 0 end),
    createdAt text not null,
    changedAt text not null,
    deletedAt text
  ) strict`

export async function up(database: Kysely<unknown>): Promise<void> {
  await comparisons.execute(database)
}
