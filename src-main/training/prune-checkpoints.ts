// Which checkpoints of a run stay: the last two, so that a damaged one has a neighbour. The history forgets a file
// before the file goes; what is left over after a crash is removed when the run is next trained.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '../store/open-store.ts'

const KEPT = 2

/** Forgets and removes all but the newest checkpoints of a run. */
export async function pruneCheckpoints(store: Store, runId: string, folder: string): Promise<void> {
  const checkpoints = await store.listCheckpoints(runId)
  const oldestKept = checkpoints.map(({ epoch }) => epoch).sort((a, b) => b - a)[KEPT - 1] ?? 0
  for (const { epoch, file } of checkpoints.filter((checkpoint) => checkpoint.epoch < oldestKept)) {
    await store.forgetCheckpoint(runId, epoch)
    await rm(join(folder, file), { force: true })
  }
}

/** Removes every file from a run's folder that the history does not name, such as one half written. */
export async function removeUnnamedFiles(store: Store, runId: string, folder: string): Promise<void> {
  const named = new Set((await store.listCheckpoints(runId)).map(({ file }) => file))
  const present = await readdir(folder).catch(() => []) // no folder yet: nothing to remove
  for (const file of present.filter((name) => !named.has(name))) await rm(join(folder, file), { force: true })
}
