// Schema 2: what the workbench adds: archived runs, the queue, settings, loss curves, the log of each run, and
// calibrations. Never edited once released.
import { type Kysely, sql } from 'kysely'

const archived = sql`
  alter table runs add column archived integer not null default 0 check (archived in (0, 1))`

/** Runs that wait for their turn. What trains has left the queue. */
const queue = sql`
  create table queue (
    runId text primary key not null references runs (id) on delete cascade,
    position integer not null,
    engine text not null
  ) strict, without rowid`

const settings = sql`
  create table settings (
    name text primary key not null,
    value text not null check (json_valid(value))
  ) strict, without rowid`

/** The losses of single batches of a finished epoch, thinned; four bytes for each number, little endian. */
const curves = sql`
  create table curves (
    runId text not null,
    epoch integer not null,
    batches blob not null,
    losses blob not null check (length(losses) = length(batches)),
    primary key (runId, epoch),
    foreign key (runId, epoch) references epochs (runId, epoch) on delete cascade
  ) strict`

const logLines = sql`
  create table logLines (
    id integer primary key not null,
    runId text not null references runs (id) on delete cascade,
    time text not null,
    text text not null check (length(text) > 0)
  ) strict`

const calibrations = sql`
  create table calibrations (
    key text primary key not null,
    result text not null check (json_valid(result))
  ) strict, without rowid`

const logLinesByRun = sql`create index logLinesByRun on logLines (runId)`

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [archived, queue, settings, curves, logLines, calibrations, logLinesByRun]) {
    await statement.execute(database)
  }
}
