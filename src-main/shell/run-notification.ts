// Tells that a run has ended to someone who looks at another window.
import { platform } from 'node:os'
import { exactAccuracy, type Run } from '#shared/run.ts'
import type { ShellApp, ShellNotifications } from './electron.ts'

/** What the installed application is called by its system; electron-builder.yml has the same. */
export const APPLICATION_ID = 'org.atelier.workbench'

export interface Attention {
  readonly isFocused: () => boolean
  readonly comeForward: () => void
}

/** Windows shows only what comes from an application under the id of its shortcut. To be called before Electron is ready. */
export function allowNotifications(app: Pick<ShellApp, 'setAppUserModelId'>, system = platform()): void {
  if (system === 'win32') app.setAppUserModelId(APPLICATION_ID)
}

export function notifyOfEnd(
  Notification: ShellNotifications,
  run: Run,
  { isFocused, comeForward }: Attention,
): void {
  const title = titleOf(run)
  if (title === null || isFocused() || !Notification.isSupported()) return
  const notification = new Notification({ title, body: `${run.name}\n${describeResult(run)}`, silent: true })
  notification.on('click', comeForward)
  notification.show()
}

/** Null for a run that goes on, and for an end that the user asked for. */
function titleOf({ status }: Run): string | null {
  switch (status) {
    case 'completed':
      return 'Training is complete'
    case 'failed':
      return 'Training has failed'
    case 'interrupted':
      return 'Training was interrupted'
    case 'queued':
    case 'running':
    case 'paused':
    case 'cancelled':
      return null
    default:
      return status satisfies never
  }
}

function describeResult({ evaluation, reason }: Run): string {
  if (evaluation === null) return reason ?? ''
  return `Accuracy ${(100 * exactAccuracy(evaluation.metrics)).toFixed(1)} % on ${evaluation.split} images`
}
