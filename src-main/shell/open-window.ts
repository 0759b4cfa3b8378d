// The one window, where it was last and not shown before its first frame.
import type { ShellElectron, ShellWindow } from './electron.ts'
import type { ShellFiles } from './shell-host.ts'
import { buildWindowOptions } from './window-options.ts'
import { choosePlace, rememberPlace, type WindowPlaces } from './window-place.ts'

export function openWindow(
  { app, BrowserWindow, screen }: Pick<ShellElectron, 'app' | 'BrowserWindow' | 'screen'>,
  { preload, icon }: ShellFiles,
  places: WindowPlaces | null,
): ShellWindow {
  const { isMaximized, ...place } = choosePlace(screen, places)
  const window = new BrowserWindow(buildWindowOptions({ place, preload, icon, isPackaged: app.isPackaged }))
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize()
    window.show()
  })
  return window
}

/** Brings the window before the user, from wherever it is. */
export function comeForward(window: ShellWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

export function describePlaces(
  screen: ShellElectron['screen'],
  window: ShellWindow,
  places: WindowPlaces | null,
): WindowPlaces {
  const place = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
  return rememberPlace(screen, places, place)
}
