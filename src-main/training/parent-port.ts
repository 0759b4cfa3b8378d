// The trainer process's line to the application: Node's channel of a forked process, or Electron's of a utility one.

export interface ParentPort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Ends the process when all that was posted has been handed over. */
  close(): void
}

/**
 * What a utilityProcess says last; the application then ends it. It must not end by itself: what the application has
 * not read by then is dropped by Electron, and a completed run would be taken for a lost one.
 */
export const LAST_WORD = 'atelier:said'

/** What Electron puts on `process` inside a utilityProcess. */
interface UtilityPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
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
  }
}

function wrapUtilityPort(port: UtilityPort): ParentPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    close: () => port.postMessage(LAST_WORD),
  }
}
