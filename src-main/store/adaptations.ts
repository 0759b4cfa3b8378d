// Photos that runs were adapted with, named by their content, and what each adaptation gained.
import { createHash } from 'node:crypto'
import { type AdaptationGain, adaptationGainSchema, type PhotoSet } from '#shared/adaptation.ts'
import { Failure } from '#shared/failure.ts'
import type { StoreDatabase } from './database.ts'
import { decodeJson } from './json-column.ts'

export interface NamedPhotoSet {
  /** The first 16 hex digits of SHA-256 over labels and inputs. */
  readonly hash: string
  readonly set: PhotoSet
}

export function namePhotoSet(set: PhotoSet): NamedPhotoSet {
  const hash = createHash('sha256').update('atelier-photos-1\n').update(set.labels).update(set.inputs)
  return { hash: hash.digest('hex').slice(0, 16), set }
}

/** The same set again changes nothing. */
export async function keepPhotoSet(database: StoreDatabase, { hash, set }: NamedPhotoSet): Promise<void> {
  await database
    .insertInto('photoSets')
    .values({ hash, inputs: set.inputs, labels: set.labels, createdAt: new Date().toISOString() })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute()
}

/** @throws Failure 'not-found' for a name that no set has */
export async function findPhotoSet(database: StoreDatabase, hash: string): Promise<PhotoSet> {
  const row = await database.selectFrom('photoSets').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (row !== undefined) return { inputs: new Uint8Array(row.inputs), labels: new Uint8Array(row.labels) }
  throw new Failure('not-found', `No set of photos is called ${hash}: adapt the parent run again.`)
}

/** Measured anew, it takes the place of what was measured before. */
export async function recordGain(
  database: StoreDatabase,
  runId: string,
  measured: AdaptationGain,
): Promise<void> {
  const gain = JSON.stringify(measured)
  await database
    .insertInto('adaptationGains')
    .values({ runId, gain })
    .onConflict((conflict) => conflict.column('runId').doUpdateSet({ gain }))
    .execute()
}

/** Null for a run that was not adapted, or not yet. */
export async function readGain(database: StoreDatabase, runId: string): Promise<AdaptationGain | null> {
  const row = await database
    .selectFrom('adaptationGains')
    .select('gain')
    .where('runId', '=', runId)
    .executeTakeFirst()
  return row === undefined ? null : adaptationGainSchema.parse(decodeJson(row.gain))
}
