// Photos of a batch as they are read back: one, a page of those that were asked for, or all in turn.
import { sql } from 'kysely'
import { z } from 'zod'
import { Failure } from '#shared/failure.ts'
import type { PhotoNumbersQuery, PhotoQuery } from '#shared/photo-batch.ts'
import {
  type CutOutEdit,
  cutOutEditSchema,
  type PhotoMeasures,
  photoMeasuresSchema,
  type PreparationSettings,
  preparationSettingsSchema,
} from '#shared/preparation.ts'
import { rankedLabelSchema, verdictSchema } from '#shared/verdict.ts'
import type { StoreDatabase } from './database.ts'
import { decodeJson } from './json-column.ts'
import type { StoredPrediction } from './photos.ts'

export interface StoredPhoto {
  readonly number: number
  readonly file: string
  readonly path: string
  readonly status: 'waiting' | 'predicted' | 'refused'
  readonly reason: string | null
  readonly folderLabel: string | null
  readonly correctedLabel: string | null
  /** Those of its own, or null. */
  readonly settings: PreparationSettings | null
  readonly edit: CutOutEdit | null
  readonly measures: PhotoMeasures | null
  readonly thumbnail: Uint8Array | null
  readonly input: Uint8Array | null
  /** In the order of the batch's runs. */
  readonly predictions: readonly StoredPrediction[]
}

/** @throws Failure 'not-found' */
export async function findPhoto(
  database: StoreDatabase,
  batchId: string,
  number: number,
): Promise<StoredPhoto> {
  const [photo] = await readPhotos(
    database,
    selectPhotos(database, batchId).where('photos.number', '=', number),
    batchId,
  )
  if (photo !== undefined) return photo
  throw new Failure('not-found', `There is no photo ${number} in the batch ${batchId}.`)
}

export interface StoredPhotoPage {
  readonly total: number
  readonly photos: readonly StoredPhoto[]
}

export async function queryPhotos(database: StoreDatabase, query: PhotoQuery): Promise<StoredPhotoPage> {
  const chosen = applyQuery(selectPhotos(database, query.batchId), query)
  const { total } = await chosen
    .clearSelect()
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow()
  const page = chosen.orderBy('photos.number').limit(query.count).offset(query.from)
  return { total, photos: await readPhotos(database, page, query.batchId) }
}

/** The numbers of all photos of the query, in the order of its pages. */
export async function queryPhotoNumbers(
  database: StoreDatabase,
  query: PhotoNumbersQuery,
): Promise<number[]> {
  const rows = await applyQuery(selectPhotos(database, query.batchId), query)
    .clearSelect()
    .select('photos.number')
    .orderBy('photos.number')
    .execute()
  return rows.map(({ number }) => number)
}

/** Every photo of a batch, some hundred at a time. */
export async function* eachPhoto(
  database: StoreDatabase,
  batchId: string,
): AsyncGenerator<StoredPhoto, void, void> {
  for (let from = 0; ;) {
    const photos = await readPhotos(
      database,
      selectPhotos(database, batchId).where('photos.number', '>=', from).orderBy('photos.number').limit(500),
      batchId,
    )
    yield* photos
    const last = photos.at(-1)
    if (last === undefined) return
    from = last.number + 1
  }
}

function selectPhotos(database: StoreDatabase, batchId: string) {
  return database
    .selectFrom('photos')
    .leftJoin('photoPredictions as first', (join) =>
      join
        .onRef('first.batchId', '=', 'photos.batchId')
        .onRef('first.number', '=', 'photos.number')
        .on('first.place', '=', 0),
    )
    .leftJoin('photoCorrections as corrections', (join) =>
      join
        .onRef('corrections.batchId', '=', 'photos.batchId')
        .onRef('corrections.number', '=', 'photos.number'),
    )
    .selectAll('photos')
    .select('corrections.label as correctedLabel')
    .where('photos.batchId', '=', batchId)
}

/** Predicted otherwise than labelled by the first run, which knows the class: no run could be right with another one. */
export const isWrong = sql<boolean>`(
  coalesce(corrections.label, photos.folderLabel) <> first.className
  and coalesce(corrections.label, photos.folderLabel) in (
    select known.value from photoBatches, json_each(photoBatches.runs, '$[0].classNames') known
    where photoBatches.id = photos.batchId
  )
)`

type PhotoSelection = ReturnType<typeof selectPhotos>

function applyQuery(selection: PhotoSelection, query: PhotoNumbersQuery): PhotoSelection {
  const { filter, search, predicted, verdict } = query
  let chosen = selection
  if (search !== '') chosen = chosen.where(sql<boolean>`instr(lower(photos.file), lower(${search})) > 0`)
  if (predicted !== null) chosen = chosen.where('first.className', '=', predicted)
  if (verdict !== null) chosen = chosen.where('first.verdictName', '=', verdict)
  switch (filter) {
    case 'all':
      return chosen
    case 'doubtful':
      return chosen.where('first.verdictName', '<>', 'confident')
    case 'refused':
      return chosen.where('photos.status', '=', 'refused')
    case 'disagreeing':
      return chosen.where(sql<boolean>`exists (
        select 1 from photoPredictions other
        where other.batchId = photos.batchId and other.number = photos.number
          and other.place > 0 and other.className <> first.className
      )`)
    case 'labelled':
      return chosen.where(sql<boolean>`coalesce(corrections.label, photos.folderLabel) is not null`)
    case 'corrected':
      return chosen.where('corrections.label', 'is not', null)
    case 'wrong':
      return chosen.where(isWrong)
    default:
      return filter satisfies never
  }
}

async function readPhotos(
  database: StoreDatabase,
  selection: PhotoSelection,
  batchId: string,
): Promise<StoredPhoto[]> {
  const rows = await selection.execute()
  if (rows.length === 0) return []
  const predictions = await database
    .selectFrom('photoPredictions')
    .selectAll()
    .where('batchId', '=', batchId)
    .where(
      'number',
      'in',
      rows.map(({ number }) => number),
    )
    .orderBy('number')
    .orderBy('place')
    .execute()
  const byNumber = Map.groupBy(predictions, ({ number }) => number)
  return rows.map(({ batchId: _batchId, ...row }) => ({
    ...row,
    settings: row.settings === null ? null : preparationSettingsSchema.parse(decodeJson(row.settings)),
    edit: row.edit === null ? null : cutOutEditSchema.parse(decodeJson(row.edit)),
    measures: row.measures === null ? null : photoMeasuresSchema.parse(decodeJson(row.measures)),
    thumbnail: row.thumbnail === null ? null : new Uint8Array(row.thumbnail),
    input: row.input === null ? null : new Uint8Array(row.input),
    predictions: (byNumber.get(row.number) ?? []).map(({ runId, label, className, verdict, ranking }) => ({
      ...{ runId, label, className },
      verdict: verdictSchema.parse(decodeJson(verdict)),
      ranking: z.array(rankedLabelSchema).parse(decodeJson(ranking)),
    })),
  }))
}
