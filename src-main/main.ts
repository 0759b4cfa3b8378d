// Entry of the desktop application: hands Electron, the data folder and the built files to the shell.
// Nothing is awaited at the top level: Electron becomes ready only when this module has run to its end.
import {
  app,
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
} from 'electron'
import { join, resolve } from 'node:path'
import { locateHome } from './home.ts'
import { openHost } from './host/host.ts'
import { buildRouter } from './host/router.ts'
import { readDesktopFlags } from './shell/desktop-flags.ts'
import type { ShellElectron } from './shell/electron.ts'
import { startShell } from './shell/start-shell.ts'

const electron: ShellElectron = {
  ...{ app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, nativeTheme, Notification },
  ...{ powerSaveBlocker, protocol, screen, session, shell, utilityProcess },
}

/** This file is built to out/main/main.js, beside out/preload and out/renderer. */
const root = resolve(import.meta.dirname, '../..')
const flags = readDesktopFlags(process.argv.slice(1))
const home = locateHome(flags.home)
const version = app.getVersion()

const starting = startShell(
  electron,
  {
    home: home.directory,
    version,
    files: {
      page: join(root, 'out/renderer'),
      preload: join(root, 'out/preload/preload.cjs'),
      trainer: join(root, 'out/main/trainer-process.js'),
      decoder: join(root, 'out/main/decoder-process.js'),
      classifier: join(root, 'out/main/classifier-process.js'),
      trainerPage: join(root, 'out/trainer'),
      trainerPreload: join(root, 'out/preload/trainer-preload.cjs'),
      icon: join(root, 'resources/icon.png'),
    },
    openHost: async ({ spawnTrainer, spawnDecoder, spawnClassifier }, log) => {
      const purpose = 'in its window'
      const samplesFolder = join(root, 'resources/sample-photos')
      const photoMeans = { spawnDecoder, spawnClassifier, samplesFolder }
      const dataDirectory = flags.data
      const host = await openHost({ home, purpose, version, spawnTrainer, photoMeans, dataDirectory, log })
      return { router: buildRouter(host), close: () => host.close() }
    },
  },
  process,
)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void starting.then((started) => started?.endNow()))
}
