// How verbs open the data folder: as its owner to change something, or beside the owner to read.
import { Failure } from '#shared/failure.ts'
import type { RunEvent } from '#shared/run-events.ts'
import { type Backend, openBackend } from '../backend.ts'
import { lockHome } from '../store/home-lock.ts'
import { openStoreReader, type StoreReader } from '../store/open-store.ts'
import { forkTrainer } from '../training/spawn-trainer.ts'
import { readVersion } from '../version.ts'
import type { Context } from './verb.ts'

const SILENT = (): void => undefined

/** Opens the data folder as its owner for the time of `work`. */
export async function withBackend<T>(
  { home, terminal }: Context,
  work: (backend: Backend) => Promise<T>,
  announce: (event: RunEvent) => void = SILENT,
): Promise<T> {
  const purpose = 'in a terminal'
  const backend = await openBackend({
    ...{ home, purpose, announce },
    version: readVersion(),
    spawnTrainer: forkTrainer,
  })
  try {
    if (backend.store.recovery !== null) terminal.note(backend.store.recovery.message)
    for (const id of backend.interrupted) {
      terminal.note(`Run ${id} was interrupted earlier. Go on with: atelier resume ${id}`)
    }
    return await work(backend)
  } finally {
    backend.close()
  }
}

/** Reads the history, also while another process trains: beside the owner of the data folder if there is one. */
export async function withReader<T>(context: Context, work: (store: StoreReader) => Promise<T>): Promise<T> {
  const { directory } = context.home
  if (!isInUse(directory)) return withBackend(context, ({ store }) => work(store))
  const store = openStoreReader({ directory })
  try {
    return await work(store)
  } finally {
    store.close()
  }
}

function isInUse(directory: string): boolean {
  try {
    lockHome(directory, 'looking at the history').release()
    return false
  } catch (error) {
    if (error instanceof Failure && error.code === 'conflict') return true
    throw error
  }
}
