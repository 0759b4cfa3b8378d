// The hidden window in which the engine webgpu computes: sandboxed, with no Node, no menu and nothing to be seen. It lives as
// long as the trainer process that asked for it.
import type { BrowserWindowConstructorOptions } from 'electron'
import { platform } from 'node:os'
import { describeFailure } from '#shared/failure.ts'
import { TRAINER_ADDRESS } from './app-address.ts'
import type { ShellElectron, ShellPort } from './electron.ts'
import { TRAINER_PORT_CHANNEL } from './trainer-port-names.ts'
import { SAFE_PREFERENCES } from './window-options.ts'

export interface TrainerWindow {
  /** For the trainer process; its other end is the window's. */
  readonly port: ShellPort
  readonly close: () => void
}

/** @throws Error when the window does not load */
export type OpenTrainerWindow = () => Promise<TrainerWindow>

export function buildTrainerWindowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    title: 'Atelier trainer',
    show: false,
    skipTaskbar: true,
    focusable: false,
    webPreferences: {
      ...SAFE_PREFERENCES,
      preload,
      devTools: false,
      backgroundThrottling: false, // it is always in the background
    },
  }
}

/**
 * On Linux Chromium still hides WebGPU behind a switch, whose name speaks of drivers that were not tried; only our own pages
 * are there to use it. Must be called before Electron is ready.
 */
export function allowWebGpu({ commandLine }: ShellElectron['app']): void {
  if (platform() === 'linux') commandLine.appendSwitch('enable-unsafe-webgpu')
}

export function openTrainerWindows(
  { BrowserWindow, MessageChannelMain }: Pick<ShellElectron, 'BrowserWindow' | 'MessageChannelMain'>,
  preload: string,
): OpenTrainerWindow {
  return async () => {
    const window = new BrowserWindow(buildTrainerWindowOptions(preload))
    const { port1, port2 } = new MessageChannelMain()
    const close = (): void => {
      port1.close()
      if (!window.isDestroyed()) window.destroy()
    }
    window.webContents.on('render-process-gone', close) // the trainer process then hears that its port is closed
    try {
      await window.loadURL(TRAINER_ADDRESS)
    } catch (error) {
      close()
      throw new Error(`its window did not load (${describeFailure(error).message})`, { cause: error })
    }
    window.webContents.postMessage(TRAINER_PORT_CHANNEL, null, [port2])
    return { port: port1, close }
  }
}
