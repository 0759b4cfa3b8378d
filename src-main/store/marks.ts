// Marks of single images, by the hash of the data that they are of. Every change is kept with what was before it, so that
// it can be undone and done again, also after a restart; a new change ends what could be done again.
import { z } from 'zod'
import { Failure } from '#shared/failure.ts'
import { imageOfSplit, placeInSplit } from '#shared/images.ts'
import { isBlank, type Mark, markSchema, unmarked } from '#shared/marks.ts'
import type { StoreDatabase, StoreTransaction } from './database.ts'
import { decodeJson } from './json-column.ts'

/** The data that marks are of. */
export interface MarkedData {
  readonly hash: string
  readonly trainCount: number
}

export interface StoredMarks {
  /** Ascending by image. */
  readonly marks: readonly Mark[]
  readonly undo: string | null
  readonly redo: string | null
}

/** How many changes of a dataset can be undone. */
const KEPT_CHANGES = 200
const marksSchema = z.array(markSchema)

export async function readMarks(database: StoreDatabase, data: MarkedData): Promise<StoredMarks> {
  const rows = await database
    .selectFrom('marks')
    .select(['split', 'imageIndex', 'label', 'excluded', 'note'])
    .where('datasetHash', '=', data.hash)
    .execute()
  const marks = rows.map(({ split, imageIndex, label, excluded, note }) => ({
    image: imageOfSplit(split, imageIndex, data.trainCount),
    label,
    excluded: excluded === 1,
    note,
  }))
  return {
    marks: marks.sort((a, b) => a.image - b.image),
    undo: (await findChange(database, data.hash, 'undo'))?.text ?? null,
    redo: (await findChange(database, data.hash, 'redo'))?.text ?? null,
  }
}

/** Gives images these marks, as one change; a blank mark takes away what an image had. @param text what is done, for undoing */
export async function changeMarks(
  database: StoreDatabase,
  data: MarkedData,
  marks: readonly Mark[],
  text: string,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { marks: known } = await readMarks(transaction, data)
    const byImage = new Map(known.map((mark) => [mark.image, mark]))
    const before = marks.map(({ image }) => byImage.get(image) ?? unmarked(image))
    if (JSON.stringify(before.map(normalize)) === JSON.stringify(marks.map(normalize))) return
    await putMarks(transaction, data, marks)
    await transaction
      .deleteFrom('markChanges')
      .where('datasetHash', '=', data.hash)
      .where('undone', '=', 1)
      .execute()
    const time = new Date().toISOString()
    const change = { before: JSON.stringify(before), after: JSON.stringify(marks) }
    await transaction
      .insertInto('markChanges')
      .values({ datasetHash: data.hash, text, ...change, time })
      .execute()
    await forgetOldChanges(transaction, data.hash)
  })
}

/**
 * Takes the newest change back, or does the last one that was taken back again.
 * @returns what was undone or done again, in words
 * @throws Failure 'conflict' when there is nothing
 */
export async function reverseChange(
  database: StoreDatabase,
  data: MarkedData,
  direction: 'undo' | 'redo',
): Promise<string> {
  return database.transaction().execute(async (transaction) => {
    const change = await findChange(transaction, data.hash, direction)
    if (change === undefined) {
      throw new Failure('conflict', `There is nothing to ${direction} in the marks of this dataset.`)
    }
    const marks = marksSchema.parse(decodeJson(direction === 'undo' ? change.before : change.after))
    await putMarks(transaction, data, marks)
    const undone = direction === 'undo' ? 1 : 0
    await transaction.updateTable('markChanges').set({ undone }).where('id', '=', change.id).execute()
    return change.text
  })
}

function findChange(database: StoreDatabase, datasetHash: string, direction: 'undo' | 'redo') {
  return database
    .selectFrom('markChanges')
    .selectAll()
    .where('datasetHash', '=', datasetHash)
    .where('undone', '=', direction === 'undo' ? 0 : 1)
    .orderBy('id', direction === 'undo' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst()
}

async function putMarks(
  transaction: StoreTransaction,
  { hash: datasetHash, trainCount }: MarkedData,
  marks: readonly Mark[],
): Promise<void> {
  const changedAt = new Date().toISOString()
  for (const mark of marks) {
    const { split, index: imageIndex } = placeInSplit(mark.image, trainCount)
    if (isBlank(mark)) {
      await transaction
        .deleteFrom('marks')
        .where('datasetHash', '=', datasetHash)
        .where('split', '=', split)
        .where('imageIndex', '=', imageIndex)
        .execute()
      continue
    }
    const { label, note } = mark
    const values = { label, excluded: mark.excluded ? (1 as const) : (0 as const), note, changedAt }
    await transaction
      .insertInto('marks')
      .values({ datasetHash, split, imageIndex, ...values })
      .onConflict((conflict) => conflict.columns(['datasetHash', 'split', 'imageIndex']).doUpdateSet(values))
      .execute()
  }
}

async function forgetOldChanges(transaction: StoreTransaction, datasetHash: string): Promise<void> {
  const kept = transaction
    .selectFrom('markChanges')
    .select('id')
    .where('datasetHash', '=', datasetHash)
    .orderBy('id', 'desc')
    .limit(KEPT_CHANGES)
  await transaction
    .deleteFrom('markChanges')
    .where('datasetHash', '=', datasetHash)
    .where('id', 'not in', kept)
    .execute()
}

/** Keys in one order, so that equal marks are equal texts. */
function normalize({ image, label, excluded, note }: Mark): Mark {
  return { image, label, excluded, note }
}
