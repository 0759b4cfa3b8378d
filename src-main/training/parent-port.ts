// The trainer process's line to the application: Node's channel of a forked process, or Electron's of a utility one.

import { Failure } from '#shared/failure.ts'
import type { OpenWindow, WindowPort } from './window-port.ts'

export interface ParentPort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Ends the process when all that was posted has been handed over. */
  close(): void
  /** Has the application open a window that computes on a GPU; null where there are no windows. */
  readonly openWindow: OpenWindow | null
}

/**
 * What a utilityProcess says last; the application then ends it. It must not end by itself: what the application has
 * not read by then is dropped by Electron, and a completed run would be taken for a lost one.
 */
export const LAST_WORD = 'atelier:said'

/** What a utilityProcess says to get a window, and what it hears: with a port, or with the reason why there is none. */
export const WINDOW_WANTED = 'atelier:window-wanted'
export const WINDOW_ANSWER = 'atelier:window'
export interface WindowAnswer {
  readonly type: typeof WINDOW_ANSWER
  readonly refusal: string | null
}

/** Electron's port, inside a utilityProcess. */
interface UtilityWindowPort {
  postMessage(message: unknown): void
  on(event: 'message' | 'close', listener: (event: { data: unknown }) => void): unknown
  start(): void
}

/** What Electron puts on `process` inside a utilityProcess. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(
    event: 'message',
    listener: (event: { data: unknown; ports?: readonly UtilityWindowPort[] }) => void,
  ): void
}

export function openParentPort(): ParentPort {
  const utilityPort = (process as { parentPort?: UtilityPort }).parentPort
  return utilityPort === undefined ? openForkedPort() : wrapUtilityPort(utilityPort)
}

/** When the application is gone, so is the reason to go on: the finished epochs are on the disk. */
function openForkedPort(): ParentPort {
  if (process.send === undefined)
    throw new Error('the trainer process is started by the application, not by hand')
  process.on('disconnect', () => process.exit(0))
  let handedOver = Promise.resolve()
  const hand = (message: unknown): Promise<void> =>
    new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))
  return {
    post: (message) => {
      const done = hand(message)
      handedOver = handedOver.then(() => done)
    },
    onMessage: (listener) => process.on('message', listener),
    close: () => void handedOver.then(() => process.exit(0)),
    openWindow: null,
  }
}

function wrapUtilityPort(port: UtilityPort): ParentPort {
  const waiting: PromiseWithResolvers<WindowPort>[] = []
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) =>
      port.on('message', ({ data, ports }) => {
        if (isWindowAnswer(data)) answerWaiting(waiting.shift(), data, ports?.[0])
        else listener(data)
      }),
    close: () => port.postMessage(LAST_WORD),
    openWindow() {
      const opening = Promise.withResolvers<WindowPort>()
      waiting.push(opening)
      port.postMessage(WINDOW_WANTED)
      return opening.promise
    },
  }
}

function isWindowAnswer(data: unknown): data is WindowAnswer {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === WINDOW_ANSWER
}

function answerWaiting(
  opening: PromiseWithResolvers<WindowPort> | undefined,
  { refusal }: WindowAnswer,
  port: UtilityWindowPort | undefined,
): void {
  if (port === undefined) {
    const message = `The engine webgpu did not start: ${refusal ?? 'its window gave no port'}.`
    opening?.reject(new Failure('unavailable', message))
    return
  }
  opening?.resolve({
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data))
      port.start()
    },
    onClose: (listener) => void port.on('close', () => listener()),
  })
}
