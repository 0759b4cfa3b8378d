// Looks at a history file before anything opens it for use: is it there, is it ours, is it sound, is it not newer?
// It changes nothing, so that a file of another program or of a newer Atelier stays byte for byte as it was.
import { existsSync, statSync } from 'node:fs'
import { Failure } from '#shared/failure.ts'
import { type Connection, openForInspection } from './connection.ts'
import { describeError, explainStorageError, isDamage, primaryCode } from './storage-failure.ts'

/** 'ATLR': written into the header of every history of ours. */
export const APPLICATION_ID = 0x41544c52

export type Inspection =
  | { readonly state: 'absent' }
  | { readonly state: 'sound'; readonly schemaVersion: number }
  | { readonly state: 'damaged'; readonly problem: string }

/**
 * @param newestSchema the newest schema version that this program understands
 * @param thorough reads every page; otherwise only the header is trusted
 * @throws Failure 'invalid-file' for a file that is not ours or that a newer Atelier wrote
 */
export function inspectHistory(file: string, newestSchema: number, thorough: boolean): Inspection {
  if (!existsSync(file)) return { state: 'absent' }
  if (statSync(file).size === 0) return { state: 'damaged', problem: 'it is empty' }
  try {
    return inspectConnection(openForInspection(file), newestSchema, thorough)
  } catch (error) {
    if (isFoundDamaged(error)) return { state: 'damaged', problem: describeError(error) }
    throw explainStorageError(error, file)
  }
}

/** The questions asked here are fixed, so that an error in them can only come from what the file holds. */
function isFoundDamaged(error: unknown): boolean {
  return isDamage(error) || primaryCode(error) === 'SQLITE_ERROR'
}

function inspectConnection(connection: Connection, newestSchema: number, thorough: boolean): Inspection {
  try {
    const schemaVersion = Number(connection.pragma('user_version', { simple: true }))
    if (isUnwritten(connection, schemaVersion)) return { state: 'absent' }
    requireOurs(connection)
    requireUnderstood(connection.name, schemaVersion, newestSchema)
    const problem = thorough ? findDamage(connection) : null
    return problem === null ? { state: 'sound', schemaVersion } : { state: 'damaged', problem }
  } finally {
    connection.close()
  }
}

/** A crash between creating the file and claiming it leaves a database with nothing in it. */
function isUnwritten(connection: Connection, schemaVersion: number): boolean {
  const objects = connection.prepare('select count(*) from sqlite_schema').pluck().get()
  return applicationId(connection) === 0 && schemaVersion === 0 && objects === 0
}

function requireOurs(connection: Connection): void {
  if (applicationId(connection) === APPLICATION_ID) return
  throw new Failure(
    'invalid-file',
    `The file ${connection.name} is a database of another program, not a run history of Atelier; it was left as it is. ` +
      'Move it away or choose another data folder with --home.',
  )
}

function requireUnderstood(file: string, schemaVersion: number, newestSchema: number): void {
  if (schemaVersion <= newestSchema) return
  throw new Failure(
    'invalid-file',
    `The run history ${file} was written by a newer Atelier (schema ${schemaVersion}, this one knows up to ` +
      `${newestSchema}); it was left as it is. Install the newer version, or choose another data folder with --home.`,
  )
}

function applicationId(connection: Connection): number {
  return Number(connection.pragma('application_id', { simple: true }))
}

/** The first thing that SQLite finds wrong with structure, constraints or references; null when all is well. */
export function findDamage(connection: Connection): string | null {
  const integrity = String(connection.pragma('integrity_check(1)', { simple: true }))
  if (integrity !== 'ok') return integrity
  const [orphan] = connection.prepare('pragma foreign_key_check').raw().all() as unknown[][]
  return orphan === undefined ? null : `a row of table ${String(orphan[0])} refers to a row that is not there`
}
