// Downloads one file whose length and checksums are known. What has been received stays in `NAME.partial` and is
// continued, after a broken connection as after a new start of the program; a file under its own name is whole.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Failure } from '#shared/failure.ts'
import { renameWithPatience } from '../files/atomic-write.ts'
import { describeDiskError, errorCode } from '../files/disk-failure.ts'
import { BrokenTransfer, fetchRange } from './fetch-range.ts'
import type { RemoteFile } from './known-datasets.ts'

/** How long a server may say nothing, and how long to wait after the first failure in a row (longer after more). */
export interface Patience {
  readonly silenceMs: number
  readonly pauseMs: number
}
export const PATIENCE: Patience = { silenceMs: 30_000, pauseMs: 1_000 }

export interface Transfer {
  /** Folders on the web, each ending with a slash, tried in turn. */
  readonly mirrors: readonly string[]
  readonly patience: Patience
  readonly signal: AbortSignal
  /** Called with the bytes of this file that are on the disk. */
  readonly onReceived: (bytes: number) => void
}

/** A server is left after so many failures in a row without a byte more than before. */
const ATTEMPTS = 3

/**
 * Puts a file into a folder, whole and with the right checksums.
 * @throws Failure 'unavailable' with each server's trouble, or when the disk refuses; the signal's reason
 */
export async function downloadFile(file: RemoteFile, folder: string, transfer: Transfer): Promise<void> {
  const path = join(folder, file.name)
  const partial = `${path}.partial`
  if ((await sizeOf(path)) === file.bytes && (await hasChecksums(path, file))) {
    transfer.onReceived(file.bytes)
    return
  }
  await onDisk(partial, () => mkdir(folder, { recursive: true }))
  const troubles: string[] = []
  for (const mirror of transfer.mirrors) {
    const url = new URL(file.name, mirror)
    const trouble = await downloadFrom(url, file, partial, transfer)
    if (trouble === null) return onDisk(path, () => renameWithPatience(partial, path))
    troubles.push(`${url.host}: ${trouble}`)
  }
  const advice = 'Check the network connection and try again; what has been received is kept'
  throw new Failure(
    'unavailable',
    `${file.name} could not be downloaded (${troubles.join('; ')}). ${advice}.`,
  )
}

/** @returns null when the partial file is whole, else why this server was left */
async function downloadFrom(
  url: URL,
  file: RemoteFile,
  partial: string,
  transfer: Transfer,
): Promise<string | null> {
  let furthest = await sizeOf(partial)
  let failures = 0
  for (;;) {
    const trouble = await attempt(url, file, partial, transfer)
    if (trouble === null) return null
    const reached = await sizeOf(partial)
    failures = reached > furthest ? 1 : failures + 1
    furthest = Math.max(furthest, reached)
    if (trouble.next === 'restart') await onDisk(partial, () => rm(partial, { force: true }))
    if (trouble.next === 'leave' || failures >= ATTEMPTS) return trouble.message
    await delay(transfer.patience.pauseMs * failures, undefined, { signal: transfer.signal })
  }
}

async function attempt(
  url: URL,
  file: RemoteFile,
  partial: string,
  transfer: Transfer,
): Promise<BrokenTransfer | null> {
  try {
    const isOnePiece = await receiveRest(url, file, partial, transfer)
    if (await hasChecksums(partial, file)) return null
    await onDisk(partial, () => rm(partial, { force: true }))
    return new BrokenTransfer('what it sent has a wrong checksum', isOnePiece ? 'leave' : 'restart')
  } catch (error) {
    if (error instanceof BrokenTransfer) return error
    throw error
  }
}

/** @returns whether all came in this one answer */
async function receiveRest(
  url: URL,
  file: RemoteFile,
  partial: string,
  transfer: Transfer,
): Promise<boolean> {
  const start = await sizeOf(partial)
  if (start === file.bytes) return false
  const request = { url, start: start < file.bytes ? start : 0, fileBytes: file.bytes }
  const { silenceMs } = transfer.patience
  const output = await onDisk(partial, () => open(partial, 'a'))
  try {
    const answer = await fetchRange({ ...request, silenceMs, signal: transfer.signal })
    if (answer.start === 0) await onDisk(partial, () => output.truncate())
    let position = answer.start
    for await (const chunk of answer.chunks) {
      position += chunk.length
      if (position > file.bytes) {
        throw new BrokenTransfer('it sends more than the file has', answer.start === 0 ? 'leave' : 'restart')
      }
      await onDisk(partial, () => output.appendFile(chunk))
      transfer.onReceived(position)
    }
    if (position < file.bytes) throw new BrokenTransfer(`it ended after ${position} bytes`, 'resume')
    return answer.start === 0
  } finally {
    await output.close()
  }
}

async function hasChecksums(path: string, file: RemoteFile): Promise<boolean> {
  const md5 = createHash('md5')
  const sha256 = createHash('sha256')
  await onDisk(path, async () => {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      md5.update(chunk)
      sha256.update(chunk)
    }
  })
  return md5.digest('hex') === file.md5 && sha256.digest('hex') === file.sha256
}

/** 0 where there is no such file. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0
    throw describeDiskError(error, `read ${path}`)
  }
}

async function onDisk<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw describeDiskError(error, `keep the download in ${dirname(path)}`)
  }
}
