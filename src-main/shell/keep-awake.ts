// Keeps the machine from falling asleep while a run trains; the screen may go dark.
import type { ShellPowerSaveBlocker } from './electron.ts'

/** Returns what to call whenever training may have begun or ended. */
export function keepAwakeWhile(blocker: ShellPowerSaveBlocker): (isTraining: boolean) => void {
  let blocking: number | null = null
  return (isTraining) => {
    if (isTraining && blocking === null) blocking = blocker.start('prevent-app-suspension')
    if (!isTraining && blocking !== null) {
      blocker.stop(blocking)
      blocking = null
    }
  }
}
