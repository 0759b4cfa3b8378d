// What the operating system refuses, said so that one can act on it.
import { Failure, type FailureCode } from '#shared/failure.ts'

const REASONS: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ENOSPC: ['unavailable', 'the disk is full. Free some space and try again'],
  EDQUOT: [
    'unavailable',
    'the quota for your account on this disk is used up. Free some space and try again',
  ],
  EROFS: ['unavailable', 'the disk can only be read. Choose a folder on a disk that can be written'],
  EACCES: ['unavailable', 'access is denied. Change the permissions or choose another folder'],
  EPERM: ['unavailable', 'the operation is not permitted. Change the permissions or choose another folder'],
  EIO: ['unavailable', 'the disk reports an error. Check the disk and its cable, then try again'],
  EBUSY: ['unavailable', 'another program is using it. Close that program and try again'],
  ENOENT: ['not-found', 'it does not exist. Check the path'],
  ENOTDIR: ['not-found', 'a part of the path is not a folder. Check the path'],
  EEXIST: ['conflict', 'there is a file of that name already. Choose another name'],
  EISDIR: ['invalid-file', 'it is a folder, and a file was expected. Check the path'],
}

/**
 * Turns an error of the file system into a Failure; anything else is given back as it came.
 * @param attempt what was tried, such as 'write /data/weights.bin'
 */
export function describeDiskError(error: unknown, attempt: string): unknown {
  const [code, reason] = REASONS[errorCode(error) ?? ''] ?? []
  if (code === undefined) return error
  return new Failure(code, `Could not ${attempt}: ${reason}.`, { cause: error })
}

/** The system's name for an error, such as 'ENOENT', or null. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
