// One owner of a data folder at a time. The owner holds an exclusive transaction on a tiny SQLite file for as long as it
// lives; the operating system ends it with the process, however that dies, so a lock is never stale.
// A note beside it says who the owner is, for the message to the second one; nothing is decided by that note.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { Failure } from '#shared/failure.ts'
import { makeFolder } from './make-folder.ts'
import { explainStorageError, primaryCode } from './storage-failure.ts'

export interface HomeLock {
  /** Gives the folder free. The end of the process does the same. */
  release(): void
}

/** Two that start in the same instant can block each other for a moment; both try again for this long. */
const PATIENCE_MS = 250

const ownerSchema = z.object({ processId: z.int(), purpose: z.string(), since: z.iso.datetime() })
type Owner = z.infer<typeof ownerSchema>

/**
 * Takes the data folder for this process, and makes it when it is not there.
 * @param purpose what this process does, for the message to others: 'training in a terminal'
 * @throws Failure 'conflict' when another process has the folder
 */
export function lockHome(directory: string, purpose: string): HomeLock {
  makeFolder(directory)
  const file = join(directory, 'atelier.lock')
  try {
    return holdLock(new Database(file, { timeout: PATIENCE_MS }), noteFile(directory), purpose)
  } catch (error) {
    throw primaryCode(error) === 'SQLITE_BUSY' ? inUse(directory) : explainStorageError(error, file)
  }
}

function holdLock(connection: Database.Database, note: string, purpose: string): HomeLock {
  try {
    connection.exec('begin exclusive')
    const owner: Owner = { processId: process.pid, purpose, since: new Date().toISOString() }
    writeFileSync(note, JSON.stringify(owner))
  } catch (error) {
    connection.close()
    throw error
  }
  return {
    release() {
      if (!connection.open) return
      rmSync(note, { force: true })
      connection.close()
    },
  }
}

function inUse(directory: string): Failure {
  const owner = readOwner(directory)
  const who = owner === null ? '' : ` (${owner.purpose}, process ${owner.processId}, since ${owner.since})`
  return new Failure(
    'conflict',
    `The data folder ${directory} is in use by Atelier${who}. Close it or choose another folder with --home.`,
  )
}

/** Null while the owner has not written its note yet, or where the note cannot be read. */
function readOwner(directory: string): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(noteFile(directory), 'utf8')))
  } catch {
    return null
  }
}

function noteFile(directory: string): string {
  return join(directory, 'atelier.lock.json')
}
