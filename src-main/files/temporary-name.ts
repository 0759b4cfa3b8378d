// Names of what is still being written: `.NAME.PID.RANDOM.tmp` beside its final place. After a crash the process in
// the name is gone, so that its leftovers can be told from another process's work and removed.
import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describeDiskError, errorCode } from './disk-failure.ts'

const TEMPORARY_NAME = /^\..+\.(\d+)\.[0-9a-f]{12}\.tmp$/

/** A path in the same folder that nobody else uses. */
export function temporaryPathFor(path: string): string {
  const random = randomBytes(6).toString('hex')
  return join(dirname(path), `.${basename(path)}.${process.pid}.${random}.tmp`)
}

/**
 * Removes the unfinished files and folders that processes which are gone have left in a folder.
 * @throws Failure when the folder cannot be read or cleared
 */
export async function removeLeftovers(folder: string): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      if (await isLeftover(path)) await rm(path, { recursive: true, force: true })
    }
  } catch (error) {
    throw describeDiskError(error, `remove unfinished files in ${folder}`)
  }
}

async function isLeftover(path: string): Promise<boolean> {
  const writer = Number(TEMPORARY_NAME.exec(basename(path))?.[1] ?? Number.NaN)
  if (Number.isNaN(writer)) return false
  if (writer !== process.pid) return !isAlive(writer)
  // In a container an earlier process may have had our number: then its work is older than we are.
  const startedAtMs = Date.now() - process.uptime() * 1000
  return (await stat(path)).mtimeMs < startedAtMs
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
