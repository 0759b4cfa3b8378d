// The end of the application, whatever asks for it: the window's close button, the menu, a signal, the system's
// shutdown. It ends once the host has closed: the run in training is interrupted, with its finished epochs on the disk.
import type { Preventable, ShellApp } from './electron.ts'

/** A host that does not close must not keep the user from quitting; everything finished is on the disk. */
const PATIENCE_MS = 10_000

export interface EndSetting {
  /** Asks the user, where there is something to ask. */
  readonly mayEnd: () => Promise<boolean>
  readonly close: () => Promise<void>
  readonly note: (line: string) => void
  readonly patienceMs?: number
}

type EndState = 'open' | 'asking' | 'closing' | 'closed'

export interface OrderlyEnd {
  /** For the window's close: holds it back until all is closed. */
  readonly hold: (event: Preventable) => void
  /** Ends without a question. */
  readonly endNow: () => Promise<void>
}

export function endInOrder(
  app: ShellApp,
  { mayEnd, close, note, patienceMs = PATIENCE_MS }: EndSetting,
): OrderlyEnd {
  let state: EndState = 'open'
  const isStillAsking = (): boolean => state === 'asking' // a signal may have come first
  const end = async (): Promise<void> => {
    if (state === 'closing' || state === 'closed') return
    state = 'closing'
    await Promise.race([close(), timeout(patienceMs)]).catch((error: unknown) =>
      note(`Closing: ${String(error)}`),
    )
    state = 'closed'
    app.quit()
  }
  const ask = async (): Promise<void> => {
    if (state !== 'open') return
    state = 'asking'
    const isAgreed = await mayEnd()
    if (!isStillAsking()) return
    state = 'open'
    if (isAgreed) await end()
  }
  const hold = (event: Preventable): void => {
    if (state === 'closed') return
    event.preventDefault()
    void ask()
  }
  app.on('before-quit', hold)
  app.on('window-all-closed', () => app.quit())
  return { hold, endNow: end }
}

function timeout(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`not done after ${ms} ms`)), ms).unref()
  })
}
