// One request for a file or the rest of it, with everything that a server may get wrong turned into BrokenTransfer.
import { groupDigits } from '#shared/core/datasets/invalid-file.ts'
import { errorCode } from '../files/disk-failure.ts'

/** Why a transfer ended too soon, and what makes sense next on the same server. */
export class BrokenTransfer extends Error {
  override readonly name = 'BrokenTransfer'
  readonly next: 'resume' | 'restart' | 'leave'

  constructor(message: string, next: 'resume' | 'restart' | 'leave') {
    super(message)
    this.next = next
  }
}

export interface RangeRequest {
  readonly url: URL
  /** How many bytes are there already; the answer may begin at 0 all the same. */
  readonly start: number
  /** The length of the whole file. */
  readonly fileBytes: number
  /** A server that sends nothing for so long is given up. */
  readonly silenceMs: number
  readonly signal: AbortSignal
}

export interface RangeAnswer {
  /** Where the first chunk belongs: at the start asked for, or at 0 when the server does not know ranges. */
  readonly start: number
  /** Throws BrokenTransfer when it ends too soon. */
  readonly chunks: AsyncIterable<Uint8Array>
}

/**
 * Asks for a file from byte `start` on.
 * @throws BrokenTransfer when the server cannot be reached, is silent, refuses or offers another file;
 *   the signal's reason when it is aborted
 */
export async function fetchRange(request: RangeRequest): Promise<RangeAnswer> {
  const watch = watchSilence(request)
  try {
    // Without this a server may pack the packed file once more, and the lengths no longer tell anything.
    const headers: Record<string, string> = { 'Accept-Encoding': 'identity' }
    if (request.start > 0) headers['Range'] = `bytes=${request.start}-`
    const response = await fetch(request.url, { headers, signal: watch.signal })
    const start = checkAnswer(response, request)
    return { start, chunks: receive(response, watch) }
  } catch (error) {
    const trouble = describeTrouble(error, watch.signal)
    watch.end()
    throw trouble
  }
}

async function* receive(response: Response, watch: Watch): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response.body ?? []) {
      watch.heard()
      yield chunk
    }
  } catch (error) {
    throw describeTrouble(error, watch.signal)
  } finally {
    watch.end()
  }
}

/** @returns where the answer's first byte belongs */
function checkAnswer(response: Response, request: RangeRequest): number {
  const { start, fileBytes } = request
  if (response.status === 206) {
    const range = response.headers.get('content-range') ?? 'no range'
    if (range === `bytes ${start}-${fileBytes - 1}/${fileBytes}`) return start
    throw new BrokenTransfer(`it answered with ${range} instead of the rest`, 'restart')
  }
  if (response.status === 416) throw new BrokenTransfer('it does not have the rest of the file', 'restart')
  if (response.status !== 200) {
    const passing = response.status >= 500 || response.status === 429 || response.status === 408
    throw new BrokenTransfer(`it answered with HTTP status ${response.status}`, passing ? 'resume' : 'leave')
  }
  const offered = Number(response.headers.get('content-length') ?? fileBytes)
  if (offered === fileBytes) return 0
  const bytes = `${groupDigits(offered)} bytes, ${groupDigits(fileBytes)} were expected`
  throw new BrokenTransfer(`it offers a file of ${bytes}`, 'leave')
}

interface Watch {
  /** Aborted by the user or by silence; its reason says which. */
  readonly signal: AbortSignal
  readonly heard: () => void
  /** Closes the connection, if it is still open. */
  readonly end: () => void
}

function watchSilence({ silenceMs, signal }: RangeRequest): Watch {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(new BrokenTransfer(`it sent nothing for ${silenceMs / 1000} s`, 'resume'))
  }, silenceMs)
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    heard: () => timer.refresh(),
    end: () => {
      clearTimeout(timer)
      controller.abort()
    },
  }
}

const NETWORK_TROUBLES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its address was not found',
  EAI_AGAIN: 'its address was not found',
  ENETUNREACH: 'there is no network connection',
  ECONNREFUSED: 'it refused the connection',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the connection broke off',
}

function describeTrouble(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof BrokenTransfer) return error
  if (signal.aborted) return signal.reason
  // fetch throws TypeError for everything that the network does; its cause has the system's name for it.
  if (!(error instanceof TypeError)) return error
  const message = error.cause instanceof Error ? error.cause.message : error.message
  return new BrokenTransfer(NETWORK_TROUBLES[errorCode(error.cause) ?? ''] ?? message, 'resume')
}
