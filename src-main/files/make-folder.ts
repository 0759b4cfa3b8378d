// Folders that a user named, made with all that is missing above them.
import { mkdir } from 'node:fs/promises'
import { describeDiskError } from './disk-failure.ts'

/** @throws Failure with a sentence when the disk refuses, or when there is a file of that name */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw describeDiskError(error, `make the folder ${folder}`)
  }
}
