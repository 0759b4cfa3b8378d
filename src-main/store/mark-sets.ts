// The sets of marks that runs were trained with. A set is named by its content and never changes, so that a run that names
// one is resumed and repeated with the same images whatever was marked since.
import { createHash } from 'node:crypto'
import { Failure } from '#shared/failure.ts'
import { type MarkSet, markSetSchema } from '#shared/marks.ts'
import type { StoreDatabase } from './database.ts'
import { decodeJson } from './json-column.ts'

/** A set with its name and the data that its numbers are of. */
export interface NamedMarkSet {
  /** The first 16 hex digits of SHA-256 over the data's hash and the set's content. */
  readonly hash: string
  readonly datasetHash: string
  readonly set: MarkSet
}

export function nameMarkSet(set: MarkSet, datasetHash: string): NamedMarkSet {
  const content = encode(set)
  const hash = createHash('sha256').update(`atelier-marks-1 ${datasetHash}\n${content}`).digest('hex')
  return { hash: hash.slice(0, 16), datasetHash, set }
}

/** The same set again changes nothing. */
export async function keepMarkSet(database: StoreDatabase, named: NamedMarkSet): Promise<void> {
  const { hash, datasetHash, set } = named
  await database
    .insertInto('markSets')
    .values({ hash, datasetHash, content: encode(set), createdAt: new Date().toISOString() })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** @throws Failure 'not-found' for a name that no set has, 'conflict' for a set of other data */
export async function findMarkSet(
  database: StoreDatabase,
  hash: string,
  datasetHash: string,
): Promise<NamedMarkSet> {
  const row = await database.selectFrom('markSets').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (row === undefined) {
    throw new Failure(
      'not-found',
      `No set of marks is called ${hash}. Use 'present' for the marks of now, or the name that a run shows.`,
    )
  }
  if (row.datasetHash !== datasetHash) {
    throw new Failure(
      'conflict',
      `The set of marks ${hash} is of other images: its numbers mean nothing in this dataset.`,
    )
  }
  return { hash, datasetHash, set: markSetSchema.parse(decodeJson(row.content)) }
}

function encode({ excluded, corrected }: MarkSet): string {
  return JSON.stringify({ excluded, corrected })
}
