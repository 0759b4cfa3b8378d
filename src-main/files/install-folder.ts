// Folders that appear, are replaced and vanish as a whole. A folder cannot be renamed over one that is not empty, so
// a replaced folder first steps aside as `.NAME.replaced`; after a crash in between, `recoverFolders` brings it back.
import { access, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { renameWithPatience, syncFolder } from './atomic-write.ts'
import { describeDiskError, errorCode } from './disk-failure.ts'
import { removeLeftovers, temporaryPathFor } from './temporary-name.ts'

const REPLACED_NAME = /^\.(.+)\.replaced$/

/**
 * Moves a finished folder to its final place, replacing what is there.
 * @param temporaryFolder in the same folder as the final one; its files have been synced by writeFileAtomically
 * @throws Failure with a sentence when the disk refuses; then the old folder stands and the temporary one is left
 */
export async function installFolderAtomically(temporaryFolder: string, finalFolder: string): Promise<void> {
  const parent = dirname(finalFolder)
  const replaced = join(parent, `.${basename(finalFolder)}.replaced`)
  try {
    await syncFolder(temporaryFolder)
    await recoverFolder(replaced)
    if (await exists(finalFolder)) await renameWithPatience(finalFolder, replaced)
    await renameWithPatience(temporaryFolder, finalFolder)
    await syncFolder(parent)
    await rm(replaced, { recursive: true, force: true })
  } catch (error) {
    await recoverFolder(replaced).catch(
      () => 'the first error is the one to tell; the next start tries again',
    )
    throw describeDiskError(error, `install ${finalFolder}`)
  }
}

/** Removes a folder so that it is there as a whole or not at all, even after a crash. */
export async function removeFolderAtomically(folder: string): Promise<void> {
  const temporary = temporaryPathFor(folder)
  try {
    await renameWithPatience(folder, temporary)
    await syncFolder(dirname(folder))
    await rm(temporary, { recursive: true, force: true })
  } catch (error) {
    throw describeDiskError(error, `remove ${folder}`)
  }
}

/** Brings a parent folder in order after a crash: replaced folders return or go, unfinished ones go. */
export async function recoverFolders(parent: string): Promise<void> {
  try {
    for (const name of await readdir(parent)) {
      if (REPLACED_NAME.test(name)) await recoverFolder(join(parent, name))
    }
  } catch (error) {
    throw describeDiskError(error, `bring ${parent} in order`)
  }
  await removeLeftovers(parent)
}

/** Gives a replaced folder its place back where nothing took it; otherwise it is out of date and goes. */
async function recoverFolder(replaced: string): Promise<void> {
  const name = REPLACED_NAME.exec(basename(replaced))?.[1]
  if (name === undefined || !(await exists(replaced))) return
  const finalFolder = join(dirname(replaced), name)
  if (await exists(finalFolder)) await rm(replaced, { recursive: true, force: true })
  else await renameWithPatience(replaced, finalFolder)
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}
