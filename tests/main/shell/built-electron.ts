// The module `electron` for the built application in a test: the fake one, under the names that main.ts imports.
import { buildFakeElectron } from './fake-electron.ts'

const { electron, seen } = buildFakeElectron()

export const app = { ...electron.app, getVersion: () => '1.2.3' }
export const {
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  Notification,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} = electron

const watch = setInterval(() => {
  const [window] = seen.windows
  if (window !== undefined && window.calls.length > 0 && !seen.hasQuit && seen.exitCode === null) app.quit()
  if (!seen.hasQuit && seen.exitCode === null) return
  clearInterval(watch)
  void report()
}, 20)

async function report(): Promise<void> {
  const answer = await seen.served.get('app')?.({ method: 'GET', url: 'app://atelier/' })
  const { options, calls } = seen.windows[0] ?? { options: {}, calls: [] }
  const { exitCode, hasQuit, errorBoxes } = seen
  const files = [options.webPreferences?.preload, options.icon]
  const line = JSON.stringify({ status: answer?.status, calls, files, exitCode, hasQuit, errorBoxes })
  process.stdout.write(`${line}\n`, () => process.exit(0))
}
