// Makes the data folder, or says in a sentence why it cannot be made.
import { mkdirSync } from 'node:fs'
import { Failure } from '#shared/failure.ts'
import { describeError } from './storage-failure.ts'

export function makeFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true })
  } catch (cause) {
    throw new Failure(
      'unavailable',
      `The data folder ${directory} cannot be made (${describeError(cause)}). ` +
        'Choose a folder that you may write to with --home.',
      { cause },
    )
  }
}
