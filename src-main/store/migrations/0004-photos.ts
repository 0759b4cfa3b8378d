// Schema 4: batches of classified photos. Predictions and the labels that people give are in tables of their own.
// Never edited once released.
import { type Kysely, sql } from 'kysely'

const photoBatches = sql`
  create table photoBatches (
    id text primary key not null check (length(id) = 8),
    name text not null check (length(name) > 0),
    status text not null check (status in ('running', 'completed', 'cancelled', 'interrupted', 'failed')),
    reason text,
    createdAt text not null,
    runs text not null check (json_valid(runs)),
    settings text not null check (json_valid(settings)),
    preparationVersion integer not null,
    thresholds text check (json_valid(thresholds)),
    sources text not null check (json_valid(sources)),
    isListed integer not null default 0 check (isListed in (0, 1)),
    folderClasses text not null check (json_valid(folderClasses))
  ) strict`

/** Settings and edit are null where those of the batch hold. */
const photos = sql`
  create table photos (
    batchId text not null references photoBatches (id) on delete cascade,
    number integer not null check (number >= 0),
    file text not null,
    path text not null,
    status text not null check (status in ('waiting', 'predicted', 'refused')),
    reason text check ((reason is null) = (status <> 'refused')),
    folderLabel text,
    settings text check (json_valid(settings)),
    edit text check (json_valid(edit)),
    measures text check (json_valid(measures)),
    thumbnail blob,
    input blob check (length(input) = 784),
    check (status <> 'predicted' or (input is not null and thumbnail is not null and measures is not null)),
    primary key (batchId, number)
  ) strict`

const photoPredictions = sql`
  create table photoPredictions (
    batchId text not null,
    number integer not null,
    place integer not null check (place >= 0),
    runId text not null,
    label integer not null check (label >= 0),
    className text not null,
    verdictName text not null,
    verdict text not null check (json_valid(verdict)),
    ranking text not null check (json_valid(ranking)),
    primary key (batchId, number, place),
    foreign key (batchId, number) references photos (batchId, number) on delete cascade
  ) strict, without rowid`

const photoCorrections = sql`
  create table photoCorrections (
    batchId text not null,
    number integer not null,
    label text not null check (length(label) > 0),
    primary key (batchId, number),
    foreign key (batchId, number) references photos (batchId, number) on delete cascade
  ) strict, without rowid`

/** What a correction was before each change, newest change last: for taking it back. */
const photoCorrectionChanges = sql`
  create table photoCorrectionChanges (
    change integer not null,
    batchId text not null,
    number integer not null,
    before text,
    primary key (batchId, change, number),
    foreign key (batchId, number) references photos (batchId, number) on delete cascade
  ) strict, without rowid`

const waitingPhotos = sql`create index waitingPhotos on photos (batchId, number) where status = 'waiting'`

export async function up(database: Kysely<unknown>): Promise<void> {
  const statements = [photoBatches, photos, photoPredictions, photoCorrections, photoCorrectionChanges]
  for (const statement of [...statements, waitingPhotos]) await statement.execute(database)
}
