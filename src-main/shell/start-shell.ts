// Puts the desktop application together over Electron, which is handed in. Read it from top to bottom: what must happen
// before Electron is ready, what guards every page, the host, the one window, the end.
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { describeFailure } from '#shared/failure.ts'
import { PAGE_ADDRESS } from './app-address.ts'
import { registerAppScheme, serveApp } from './app-scheme.ts'
import { attendTraining } from './attend-training.ts'
import { mayEnd } from './close-question.ts'
import { catchDefects, type DefectSource } from './defects.ts'
import type { ShellElectron, ShellWindow } from './electron.ts'
import { keepEveryPageInPlace } from './navigation.ts'
import { keepOffline } from './offline.ts'
import { comeForward, describePlaces, openWindow } from './open-window.ts'
import { endInOrder, type OrderlyEnd } from './orderly-end.ts'
import { offerNewPage } from './page-failure.ts'
import { refuseEveryPermission } from './permissions.ts'
import { handOverPorts } from './port-hand-over.ts'
import { allowNotifications } from './run-notification.ts'
import type { ShellHost, ShellSetting } from './shell-host.ts'
import { type Note, openShellLog } from './shell-log.ts'
import { becomeOnlyInstance } from './single-instance.ts'
import { allowWebGpu, openTrainerWindows } from './trainer-window.ts'
import { spawnUtilityTrainer } from './utility-trainer.ts'
import { readPlaces, writePlaces } from './window-place-file.ts'

export type Shell = Pick<OrderlyEnd, 'endNow'>

/**
 * Opens the window; null where another instance has the data folder, or where it cannot be opened, which is told.
 * Everything up to Electron's being ready happens before the first `await`: afterwards it would be too late.
 */
export async function startShell(
  electron: ShellElectron,
  setting: ShellSetting,
  defects: DefectSource,
): Promise<Shell | null> {
  try {
    return await start(electron, setting, defects)
  } catch (error) {
    electron.dialog.showErrorBox('Atelier cannot start', describeFailure(error).message)
    electron.app.exit(1)
    return null
  }
}

async function start(
  electron: ShellElectron,
  { home, version, files, openHost }: ShellSetting,
  defects: DefectSource,
): Promise<Shell | null> {
  const { app, dialog, protocol, session } = electron
  let window: ShellWindow | null = null
  const showWindow = (): void => {
    if (window !== null) comeForward(window)
  }
  if (!becomeOnlyInstance(app, home, showWindow)) {
    app.exit(0)
    return null
  }
  const logFile = join(home, 'atelier.log')
  const note = openShellLog(logFile)
  catchDefects(defects, { dialog, note, logFile, end: () => app.exit(1) })
  app.enableSandbox()
  allowWebGpu(app)
  allowNotifications(app)
  registerAppScheme(protocol)
  keepEveryPageInPlace(app)
  await app.whenReady()
  refuseEveryPermission(session.defaultSession)
  keepOffline(session.defaultSession)
  serveApp(protocol, files)
  app.setAboutPanelOptions({ applicationName: 'Atelier', applicationVersion: version })
  const { utilityProcess } = electron
  const openTrainerWindow = openTrainerWindows(electron, files.trainerPreload)
  const processes = {
    spawnTrainer: spawnUtilityTrainer(utilityProcess, files.trainer, { openWindow: openTrainerWindow }),
    spawnDecoder: spawnUtilityTrainer(utilityProcess, files.decoder, {
      serviceName: 'Atelier photo decoder',
    }),
    spawnClassifier: spawnUtilityTrainer(utilityProcess, files.classifier, {
      serviceName: 'Atelier classifier',
    }),
  }
  const host = await openHost(processes, note)
  const placeFile = join(home, 'window', 'place.json')
  const places = await readPlaces(placeFile)
  const opened = openWindow(electron, files, places)
  window = opened
  const savePlace = (): Promise<void> =>
    writePlaces(placeFile, describePlaces(electron.screen, opened, places))
  return showPage(electron, opened, { host, note, savePlace })
}

interface Behind {
  readonly host: ShellHost
  readonly note: Note
  readonly savePlace: () => Promise<void>
}

async function showPage(
  electron: ShellElectron,
  window: ShellWindow,
  { host, note, savePlace }: Behind,
): Promise<Shell> {
  const { app, dialog } = electron
  const ports = handOverPorts(electron, window.webContents, new RPCHandler(host.router))
  const watch = await attendTraining(electron, window, createRouterClient(host.router), note)
  const { hold, endNow } = endInOrder(app, {
    mayEnd: () => mayEnd(dialog, watch.state),
    note,
    close: async () => {
      watch.stop()
      ports.close()
      await savePlace().catch((error: unknown) => note(`Window place: ${describeFailure(error).message}`))
      await host.close()
    },
  })
  window.on('close', hold)
  window.on('session-end', () => void endNow())
  offerNewPage(window, dialog, { note, quit: () => app.quit() })
  await window.loadURL(PAGE_ADDRESS)
  return { endNow }
}
