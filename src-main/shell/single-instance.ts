// One desktop application for one data folder. Electron keeps its lock in `userData`, which therefore lies in the data
// folder, like all that Chromium writes.
import { join } from 'node:path'
import { makeFolder } from '../store/make-folder.ts'
import type { ShellApp } from './electron.ts'

/** False when another instance has the data folder: it comes to the front, and this one has opened nothing. */
export function becomeOnlyInstance(app: ShellApp, home: string, comeForward: () => void): boolean {
  const folder = join(home, 'window')
  makeFolder(folder)
  app.setPath('userData', folder)
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', comeForward)
  return true
}
