// Electron as the shell sees it, faked once at this border: it keeps what is registered, so that a test can call it,
// and what is asked of it. It decides nothing.
import type {
  CustomScheme,
  ForkOptions,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  Rectangle,
} from 'electron'
import type { PageRequest, ShellElectron, ShellProcess } from '#main/shell/electron.ts'
import { FakeEmitter, FakeEvent } from './fake-emitter.ts'
import { FakeChannel, type FakePort } from './fake-port.ts'
import { FakeContents, FakeWindow } from './fake-window.ts'

export interface FakeDisplay {
  readonly id: number
  readonly workArea: Rectangle
}

export interface FakeSetting {
  readonly isFirstInstance?: boolean
  readonly isPackaged?: boolean
  readonly displays?: readonly FakeDisplay[]
  /** Which button is pressed in each message box. */
  readonly answer?: (options: MessageBoxOptions) => number
  readonly fork?: (script: string, parameters: readonly string[], options: ForkOptions) => ShellProcess
  /** What becomes of an address for the system's browser; it opens unless this says otherwise. */
  readonly openExternal?: () => Promise<void>
}

const DISPLAY = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }

export type FakeElectron = ReturnType<typeof buildFakeElectron>

export function buildFakeElectron(setting: FakeSetting = {}) {
  const seen = {
    /** Names of calls, in order. */
    calls: [] as string[],
    windows: [] as FakeWindow[],
    channels: [] as FakeChannel[],
    schemes: [] as CustomScheme[],
    served: new Map<string, (request: PageRequest) => Promise<Response>>(),
    menus: [] as MenuItemConstructorOptions[][],
    messageBoxes: [] as MessageBoxOptions[],
    errorBoxes: [] as { title: string; content: string }[],
    notifications: [] as FakeNotification[],
    opened: [] as string[],
    blockers: new Set<number>(),
    forks: [] as { script: string; options: ForkOptions }[],
    blocked: null as string[] | null,
    cancelRequest: null as
      ((request: object, answer: (response: { cancel: boolean }) => void) => void) | null,
    requestPermission: null as
      ((contents: object, permission: string, answer: (granted: boolean) => void) => void) | null,
    checkPermission: null as ((contents: object | null, permission: string) => boolean) | null,
    checkDevice: null as ((details: object) => boolean) | null,
    shareScreen: null as ((request: object, answer: (streams: null) => void) => void) | null,
    userData: '',
    exitCode: null as number | null,
    hasQuit: false,
  }
  const events = { app: new FakeEmitter(), session: new FakeEmitter(), ipc: new FakeEmitter() }
  const note = (call: string): void => void seen.calls.push(call)
  const [primary = DISPLAY] = setting.displays ?? []

  class FakeNotification extends FakeEmitter {
    static isSupported = (): boolean => true
    readonly options: { title?: string; body?: string }
    constructor(options: { title?: string; body?: string }) {
      super()
      this.options = options
    }
    show(): void {
      seen.notifications.push(this)
    }
  }

  const electron: ShellElectron = {
    app: {
      isPackaged: setting.isPackaged ?? false,
      enableSandbox: () => note('enableSandbox'),
      commandLine: { appendSwitch: (name) => note(`--${name}`) },
      setPath: (_name, path) => void (seen.userData = path),
      setAppUserModelId: (id) => note(`setAppUserModelId ${id}`),
      setAboutPanelOptions: () => note('setAboutPanelOptions'),
      requestSingleInstanceLock: () => {
        note('requestSingleInstanceLock')
        return setting.isFirstInstance ?? true
      },
      whenReady: () => {
        note('whenReady')
        return Promise.resolve()
      },
      quit: () => {
        const event = new FakeEvent()
        events.app.emit('before-quit', event)
        if (event.isPrevented) return
        for (const window of seen.windows) window.emit('close', event)
        seen.hasQuit = !event.isPrevented
      },
      exit: (code = 0) => void (seen.exitCode ??= code),
      on: events.app.on,
    },
    BrowserWindow: class extends FakeWindow {
      constructor(options: ConstructorParameters<typeof FakeWindow>[0]) {
        super(options)
        note('BrowserWindow')
        seen.windows.push(this)
        events.app.emit('web-contents-created', {}, this.webContents)
      }
    },
    Menu: {
      buildFromTemplate: (template) => template,
      setApplicationMenu: (menu) => void seen.menus.push(menu as MenuItemConstructorOptions[]),
    },
    MessageChannelMain: class extends FakeChannel {
      constructor() {
        super()
        seen.channels.push(this)
      }
    },
    Notification: FakeNotification,
    dialog: {
      showErrorBox: (title, content) => void seen.errorBoxes.push({ title, content }),
      showMessageBox: (options) => {
        seen.messageBoxes.push(options)
        return Promise.resolve({ response: setting.answer?.(options) ?? options.cancelId ?? 0 })
      },
    },
    ipcMain: { on: events.ipc.on },
    nativeTheme: { themeSource: 'system' },
    powerSaveBlocker: {
      start: () => {
        const id = seen.blockers.size + 1
        seen.blockers.add(id)
        return id
      },
      stop: (id) => seen.blockers.delete(id),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes) => {
        note('registerSchemesAsPrivileged')
        seen.schemes.push(...schemes)
      },
      handle: (scheme, answer) => void seen.served.set(scheme, answer),
    },
    screen: {
      getAllDisplays: () => setting.displays ?? [DISPLAY],
      getPrimaryDisplay: () => primary,
      getDisplayMatching: ({ x }) =>
        setting.displays?.find(({ workArea }) => x >= workArea.x && x < workArea.x + workArea.width) ??
        primary,
    },
    session: {
      defaultSession: {
        webRequest: {
          onBeforeRequest: ({ urls }, listener) => {
            seen.blocked = urls
            seen.cancelRequest = listener
          },
        },
        setPermissionRequestHandler: (handler) => void (seen.requestPermission = handler),
        setPermissionCheckHandler: (handler) => void (seen.checkPermission = handler),
        setDevicePermissionHandler: (handler) => void (seen.checkDevice = handler),
        setDisplayMediaRequestHandler: (handler) => void (seen.shareScreen = handler),
        on: events.session.on,
      },
    },
    shell: {
      openExternal: (address) => {
        seen.opened.push(address)
        return setting.openExternal?.() ?? Promise.resolve()
      },
    },
    utilityProcess: {
      fork: (script, parameters, options) => {
        seen.forks.push({ script, options })
        if (setting.fork === undefined) throw new Error('this test starts no process')
        return setting.fork(script, parameters, options)
      },
    },
  }
  return { electron, seen, events, newContents: () => openContents(events.app) }
}

/** Contents that are not the window's, as a page within a page would be. */
function openContents(app: FakeEmitter): FakeContents {
  const contents = new FakeContents()
  app.emit('web-contents-created', {}, contents)
  return contents
}

/** A frame that asks, and keeps what it was given. */
export class FakeFrame {
  readonly url: string
  readonly origin: string
  readonly parent: object | null
  readonly ports: FakePort[] = []
  readonly messages: string[] = []

  constructor(url: string, origin: string, parent: object | null = null) {
    this.url = url
    this.origin = origin
    this.parent = parent
  }

  postMessage(channel: string, message: unknown, transfer: readonly FakePort[] = []): void {
    this.messages.push(`${channel} ${String(message)}`)
    this.ports.push(...transfer)
  }
}
