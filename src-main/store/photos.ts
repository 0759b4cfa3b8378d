// Photos of a batch as they come and are answered: lined up, predicted or refused, edited.
import { sql } from 'kysely'
import type { CutOutEdit, PhotoMeasures, PreparationSettings } from '#shared/preparation.ts'
import { type RankedLabel, type Verdict, verdictSchema } from '#shared/verdict.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'
import { decodeJson } from './json-column.ts'

export interface NewPhoto {
  readonly file: string
  readonly path: string
  readonly folderLabel: string | null
}

/** What one run says of a photo. */
export interface StoredPrediction {
  readonly runId: string
  readonly label: number
  readonly className: string
  readonly verdict: Verdict
  /** The most probable first. */
  readonly ranking: readonly RankedLabel[]
}

export type PhotoOutcome =
  | {
      readonly status: 'predicted'
      readonly number: number
      readonly input: Uint8Array
      readonly thumbnail: Uint8Array
      readonly measures: PhotoMeasures
      readonly predictions: readonly StoredPrediction[]
    }
  | { readonly status: 'refused'; readonly number: number; readonly reason: string }

/** Rows that one statement inserts; SQLite takes at most 32,766 values. */
const ROWS_AT_ONCE = 1000

/** Lines photos up behind those that are there. */
export async function addPhotos(
  database: StoreDatabase,
  batchId: string,
  photos: readonly NewPhoto[],
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { next } = await transaction
      .selectFrom('photos')
      .select(sql<number>`coalesce(max(number) + 1, 0)`.as('next'))
      .where('batchId', '=', batchId)
      .executeTakeFirstOrThrow()
    for (let from = 0; from < photos.length; from += ROWS_AT_ONCE) {
      const values = photos
        .slice(from, from + ROWS_AT_ONCE)
        .map(
          (photo, index) => ({ batchId, number: next + from + index, status: 'waiting', ...photo }) as const,
        )
      await transaction.insertInto('photos').values(values).execute()
    }
  })
}

/** The first photos that wait, from a number on. */
export async function listWaitingPhotos(
  database: StoreDatabase,
  batchId: string,
  from: number,
  count: number,
): Promise<readonly { readonly number: number; readonly path: string }[]> {
  return database
    .selectFrom('photos')
    .select(['number', 'path'])
    .where('batchId', '=', batchId)
    .where('status', '=', 'waiting')
    .where('number', '>=', from)
    .orderBy('number')
    .limit(count)
    .execute()
}

/** All of them at once; answers that were there before are replaced, corrections stay. */
export async function recordOutcomes(
  database: StoreDatabase,
  batchId: string,
  outcomes: readonly PhotoOutcome[],
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const outcome of outcomes) await recordOutcome(transaction, batchId, outcome)
  })
}

async function recordOutcome(
  transaction: StoreTransaction,
  batchId: string,
  outcome: PhotoOutcome,
): Promise<void> {
  const { number, status } = outcome
  await transaction
    .deleteFrom('photoPredictions')
    .where('batchId', '=', batchId)
    .where('number', '=', number)
    .execute()
  const columns =
    outcome.status === 'refused'
      ? { reason: outcome.reason, input: null, thumbnail: null, measures: null }
      : {
          reason: null,
          input: outcome.input,
          thumbnail: outcome.thumbnail,
          measures: JSON.stringify(outcome.measures),
        }
  await transaction
    .updateTable('photos')
    .set({ status, ...columns })
    .where('batchId', '=', batchId)
    .where('number', '=', number)
    .execute()
  if (outcome.status === 'predicted')
    await insertPredictions(transaction, batchId, number, outcome.predictions)
}

async function insertPredictions(
  transaction: StoreTransaction,
  batchId: string,
  number: number,
  predictions: readonly StoredPrediction[],
): Promise<void> {
  const values = predictions.map(({ runId, label, className, verdict, ranking }, place) => ({
    ...{ batchId, number, place, runId, label, className },
    verdictName: verdict.name,
    verdict: JSON.stringify(verdict),
    ranking: JSON.stringify(ranking),
  }))
  if (values.length > 0) await transaction.insertInto('photoPredictions').values(values).execute()
}

/** Gives a photo settings and an edit of its own. */
export async function setPhotoEdit(
  database: StoreDatabase,
  batchId: string,
  number: number,
  settings: PreparationSettings,
  edit: CutOutEdit | null,
): Promise<void> {
  await database
    .updateTable('photos')
    .set({ settings: JSON.stringify(settings), edit: edit === null ? null : JSON.stringify(edit) })
    .where('batchId', '=', batchId)
    .where('number', '=', number)
    .execute()
}

/** Gives every prediction of a batch another verdict. */
export async function changeVerdicts(
  database: StoreDatabase,
  batchId: string,
  change: (runId: string, verdict: Verdict) => Verdict,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('photoPredictions')
      .select(['number', 'place', 'runId', 'verdict'])
      .where('batchId', '=', batchId)
      .execute()
    for (const { number, place, runId, verdict } of rows) {
      const changed = change(runId, verdictSchema.parse(decodeJson(verdict)))
      await transaction
        .updateTable('photoPredictions')
        .set({ verdictName: changed.name, verdict: JSON.stringify(changed) })
        .where('batchId', '=', batchId)
        .where('number', '=', number)
        .where('place', '=', place)
        .execute()
    }
  })
}
