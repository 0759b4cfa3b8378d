// Schema 5: what a user says of single images, its undoing, and the sets of marks that runs were trained with. Never edited
// once released.
import { type Kysely, sql } from 'kysely'

/** By the content of the data and not by a dataset's name: the same images added again have their marks again. */
const marks = sql`
  create table marks (
    datasetHash text not null,
    split text not null check (split in ('train', 'test')),
    imageIndex integer not null check (imageIndex >= 0),
    label integer check (label between 0 and 255),
    excluded integer not null check (excluded in (0, 1)),
    note text not null,
    changedAt text not null,
    primary key (datasetHash, split, imageIndex),
    check (label is not null or excluded = 1 or length(note) > 0)
  ) strict, without rowid`

/** What was done, newest last: marks before and after. Those that are undone can be done again. */
const markChanges = sql`
  create table markChanges (
    id integer primary key not null,
    datasetHash text not null,
    text text not null,
    before text not null check (json_valid(before)),
    after text not null check (json_valid(after)),
    undone integer not null default 0 check (undone in (0, 1)),
    time text not null
  ) strict`

/** Named by its content, so that an experiment that names it means the same images for ever. */
const markSets = sql`
  create table markSets (
    hash text primary key not null check (length(hash) = 16),
    datasetHash text not null,
    content text not null check (json_valid(content)),
    createdAt text not null
  ) strict, without rowid`

const markChangesByDataset = sql`create index markChangesByDataset on markChanges (datasetHash, id)`

export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of [marks, markChanges, markSets, markChangesByDataset]) {
    await statement.execute(database)
  }
}
