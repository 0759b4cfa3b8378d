// Takes runs of another history in. All are checked before the first is stored, and each is stored whole: weights first,
// then its record in one transaction, so that a crash between them leaves files that no run names, and never a run without.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#shared/failure.ts'
import { OneAtATime } from '#shared/one-at-a-time.ts'
import type { Run } from '#shared/run.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import type { Home } from '../home.ts'
import type { Store } from '../store/open-store.ts'
import { type UnpackedRun, unpackRuns } from './unpack-runs.ts'

export interface ImportTarget {
  readonly store: Store
  readonly home: Home
}

/** Of a run that came from elsewhere, so that the list of runs can be filtered by it. */
export const IMPORTED_TAG = 'imported'

/** Two imports of one run at once would both find it missing, and the one that is refused would take its files away. */
const imports = new OneAtATime()

export interface ImportedRuns {
  readonly runs: readonly Run[]
  /** Runs of the file that were in this history already. */
  readonly known: readonly string[]
}

/**
 * @param name of the file, for messages and the runs' logs
 * @throws Failure 'invalid-file' as unpackRuns does, 'conflict' when every run of the file is here already
 */
export function importRuns(target: ImportTarget, bytes: Uint8Array, name: string): Promise<ImportedRuns> {
  return imports.run(() => importAlone(target, bytes, name))
}

async function importAlone(target: ImportTarget, bytes: Uint8Array, name: string): Promise<ImportedRuns> {
  const unpacked = await unpackRuns(bytes, name)
  const known: string[] = []
  const runs: Run[] = []
  for (const one of unpacked) {
    if (await isHere(target.store, one.whole.run.id)) known.push(one.whole.run.id)
    else runs.push(await importOne(target, one, name))
  }
  if (runs.length > 0) return { runs, known }
  throw new Failure(
    'conflict',
    `Every run of ${name} is in this history already (${known.join(', ')}), perhaps deleted. Nothing was changed.`,
  )
}

async function isHere(store: Store, id: string): Promise<boolean> {
  try {
    await store.findRun(id)
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return false
    throw error
  }
}

async function importOne(
  { store, home }: ImportTarget,
  { whole, weights }: UnpackedRun,
  name: string,
): Promise<Run> {
  const { run, checkpoint } = whole
  const folder = home.runFolder(run.id)
  const tags = [...new Set([...run.tags, IMPORTED_TAG])]
  try {
    if (checkpoint !== null && weights !== null) {
      await mkdir(folder, { recursive: true })
      await writeFileAtomically(join(folder, checkpoint.file), weights)
    }
    return await store.importRun({ ...whole, run: { ...run, tags } }, `Imported from ${name}.`)
  } catch (error) {
    // No run of this id was here, so nothing else lies in the folder; what was stored all the same keeps its files.
    const isStored = await isHere(store, run.id).catch(() => true)
    if (!isStored) await rm(folder, { recursive: true, force: true })
    throw error
  }
}
