// Photo batches as records: made, counted, ended, removed. What is counted is counted by SQLite from the photos.
import { sql } from 'kysely'
import { z } from 'zod'
import { Failure } from '#shared/failure.ts'
import { judgingRunSchema, type JudgingRun, type PhotoBatch, photoBatchSchema } from '#shared/photo-batch.ts'
import type { PreparationSettings } from '#shared/preparation.ts'
import type { JudgeThresholds } from '#shared/verdict.ts'
import type { StoreDatabase } from './database.ts'
import { decodeJson } from './json-column.ts'
import { parseRows } from './parse-rows.ts'
import { isWrong } from './read-photos.ts'
import { newRunId } from './run-id.ts'

/** A file or folder to classify, by its place on this machine and by what it is called. */
export interface PhotoSource {
  readonly path: string
  /** With the folders that are to be told; null for the last part of the path. */
  readonly file: string | null
}

export interface NewPhotoBatch {
  readonly name: string
  readonly runs: readonly JudgingRun[]
  readonly settings: PreparationSettings
  readonly preparationVersion: number
  readonly thresholds: JudgeThresholds | null
  readonly sources: readonly PhotoSource[]
}

/** What is stored of a batch; what it does just now is not. */
export type StoredPhotoBatch = Omit<PhotoBatch, 'activity'>

const sourcesSchema = z.array(z.object({ path: z.string(), file: z.string().nullable() }))

/** Stores a batch that runs, without photos yet. Returns its id. */
export async function insertPhotoBatch(database: StoreDatabase, batch: NewPhotoBatch): Promise<string> {
  const id = newRunId()
  const { name, preparationVersion } = batch
  await database
    .insertInto('photoBatches')
    .values({
      ...{ id, name, status: 'running', createdAt: new Date().toISOString(), preparationVersion },
      runs: JSON.stringify(z.array(judgingRunSchema).parse(batch.runs)),
      settings: JSON.stringify(batch.settings),
      thresholds: batch.thresholds === null ? null : JSON.stringify(batch.thresholds),
      sources: JSON.stringify(batch.sources),
      folderClasses: '[]',
    })
    .execute()
  return id
}

/** Newest first; without those that cannot be read. */
export async function listPhotoBatches(database: StoreDatabase): Promise<StoredPhotoBatch[]> {
  const rows = await database
    .selectFrom('photoBatches')
    .selectAll()
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute()
  const counted: (readonly [BatchRow, PhotoCounts])[] = []
  for (const row of rows) counted.push([row, await countPhotos(database, row.id)])
  return parseRows(counted, ([row, counts]) => rowToBatch(row, counts)).parsed
}

/** @throws Failure 'not-found' */
export async function readPhotoBatch(database: StoreDatabase, id: string): Promise<StoredPhotoBatch> {
  return rowToBatch(await requireBatch(database, id), await countPhotos(database, id))
}

/**
 * Every file that a batch names or has looked at, also of batches that are not listed.
 * @returns null where the files of a batch cannot be read, so that nobody knows which are used
 */
export async function listUsedFiles(database: StoreDatabase): Promise<readonly string[] | null> {
  const photos = await database.selectFrom('photos').select('path').execute()
  const batches = await database.selectFrom('photoBatches').select('sources').execute()
  const { parsed, unreadable } = parseRows(batches, ({ sources }) => sourcesSchema.parse(decodeJson(sources)))
  return unreadable.length > 0 ? null : [...photos, ...parsed.flat()].map(({ path }) => path)
}

/** @throws whatever parsing throws for a record that cannot be read */
function rowToBatch(row: BatchRow, counts: PhotoCounts): StoredPhotoBatch {
  const { isListed: _isListed, sources: _sources, ...columns } = row
  return photoBatchSchema.omit({ activity: true }).parse({
    ...columns,
    ...counts,
    runs: decodeJson(row.runs),
    settings: decodeJson(row.settings),
    thresholds: decodeJson(row.thresholds),
    folderClasses: decodeJson(row.folderClasses),
  })
}

/** What was dropped, and whether all that lies in it is among the photos already. */
export async function readPhotoSources(
  database: StoreDatabase,
  id: string,
): Promise<{ readonly sources: readonly PhotoSource[]; readonly isListed: boolean }> {
  const { sources, isListed } = await requireBatch(database, id)
  return { sources: sourcesSchema.parse(decodeJson(sources)), isListed: isListed === 1 }
}

/** @param reason why it failed or was interrupted, or null */
export async function setPhotoBatchStatus(
  database: StoreDatabase,
  id: string,
  status: PhotoBatch['status'],
  reason: string | null,
): Promise<void> {
  await requireBatch(database, id)
  await database.updateTable('photoBatches').set({ status, reason }).where('id', '=', id).execute()
}

/** Every photo of the batch is stored now. */
export async function markPhotosListed(
  database: StoreDatabase,
  id: string,
  folderClasses: readonly string[],
): Promise<void> {
  await database
    .updateTable('photoBatches')
    .set({ isListed: 1, folderClasses: JSON.stringify(folderClasses) })
    .where('id', '=', id)
    .execute()
}

export async function setPhotoThresholds(
  database: StoreDatabase,
  id: string,
  thresholds: JudgeThresholds | null,
): Promise<void> {
  await requireBatch(database, id)
  const text = thresholds === null ? null : JSON.stringify(thresholds)
  await database.updateTable('photoBatches').set({ thresholds: text }).where('id', '=', id).execute()
}

/** With its photos, predictions and corrections. @throws Failure 'not-found' */
export async function deletePhotoBatch(database: StoreDatabase, id: string): Promise<void> {
  await requireBatch(database, id)
  await database.deleteFrom('photoBatches').where('id', '=', id).execute()
}

/** Batches that were at work when the process died; to be called once at the start. */
export async function markPhotoBatchesInterrupted(database: StoreDatabase): Promise<void> {
  await database
    .updateTable('photoBatches')
    .set({ status: 'interrupted', reason: 'Atelier ended while these photos were classified.' })
    .where('status', '=', 'running')
    .execute()
}

async function requireBatch(database: StoreDatabase, id: string) {
  const row = await database.selectFrom('photoBatches').selectAll().where('id', '=', id).executeTakeFirst()
  if (row !== undefined) return row
  throw new Failure('not-found', `There is no photo batch ${id}. It may have been deleted.`)
}

type BatchRow = Awaited<ReturnType<typeof requireBatch>>
type PhotoCounts = z.infer<typeof countsSchema>

const countsSchema = z.object({
  ...{ total: z.int(), done: z.int(), refused: z.int(), doubtful: z.int(), disagreeing: z.int() },
  ...{ labelled: z.int(), corrected: z.int(), wrong: z.int() },
})

async function countPhotos(database: StoreDatabase, id: string): Promise<PhotoCounts> {
  const { rows } = await sql`
    select
      count(*) as total,
      coalesce(sum(photos.status <> 'waiting'), 0) as done,
      coalesce(sum(photos.status = 'refused'), 0) as refused,
      coalesce(sum(first.verdictName <> 'confident'), 0) as doubtful,
      coalesce(sum(exists (
        select 1 from photoPredictions other
        where other.batchId = photos.batchId and other.number = photos.number
          and other.place > 0 and other.className <> first.className
      )), 0) as disagreeing,
      coalesce(sum(photos.folderLabel is not null or corrections.label is not null), 0) as labelled,
      coalesce(sum(corrections.label is not null), 0) as corrected,
      coalesce(sum(${isWrong}), 0) as wrong
    from photos
    left join photoPredictions first
      on first.batchId = photos.batchId and first.number = photos.number and first.place = 0
    left join photoCorrections corrections
      on corrections.batchId = photos.batchId and corrections.number = photos.number
    where photos.batchId = ${id}
  `.execute(database)
  return countsSchema.parse(rows[0])
}
