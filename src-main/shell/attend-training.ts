// What the desktop does beside the page while runs train: the machine stays awake, an end is told, the theme is kept.
import type { Settings } from '#shared/contract.ts'
import { describeFailure } from '#shared/failure.ts'
import type { ShellElectron, ShellWindow } from './electron.ts'
import { keepAwakeWhile } from './keep-awake.ts'
import { comeForward } from './open-window.ts'
import { notifyOfEnd } from './run-notification.ts'
import type { Note } from './shell-log.ts'
import { followTheme } from './theme.ts'
import { type ShellClient, type TrainingWatch, watchTraining } from './training-watch.ts'

export async function attendTraining(
  electron: ShellElectron,
  window: ShellWindow,
  client: ShellClient,
  note: Note,
): Promise<TrainingWatch> {
  const { Notification, powerSaveBlocker } = electron
  const keepAwake = keepAwakeWhile(powerSaveBlocker)
  const attention = {
    isFocused: () => !window.isDestroyed() && window.isFocused(),
    comeForward: () => comeForward(window),
  }
  const changeTheme = (theme: Settings['theme']): void => {
    client.settings.change({ theme }).catch((error: unknown) => {
      electron.dialog.showErrorBox('The theme was not changed', describeFailure(error).message)
    })
  }
  const takeSettings = followTheme(electron, changeTheme, note)
  takeSettings(await client.settings.read({}))
  return watchTraining(client, {
    changed: ({ current, isPaused }) => keepAwake(current !== null && !isPaused),
    ended: (run) => notifyOfEnd(Notification, run, attention),
    heard: (event) => {
      if (event.type === 'settings-changed') takeSettings(event.settings)
    },
    note,
  })
}
