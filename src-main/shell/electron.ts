// What the shell asks of Electron, as interfaces: only these parts of it are used, and a test can stand in for them.
// main.ts hands over the real module, and the compiler checks there that it fits.
import type {
  AboutPanelOptionsOptions,
  BrowserWindowConstructorOptions,
  CustomScheme,
  ForkOptions,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NotificationConstructorOptions,
  Rectangle,
} from 'electron'

export interface ShellElectron {
  readonly app: ShellApp
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => ShellWindow
  readonly Menu: ShellMenus
  readonly MessageChannelMain: new () => { readonly port1: ShellPort; readonly port2: ShellPort }
  readonly Notification: ShellNotifications
  readonly dialog: ShellDialog
  readonly ipcMain: ShellReceiver
  readonly nativeTheme: { themeSource: 'system' | 'light' | 'dark' }
  readonly powerSaveBlocker: ShellPowerSaveBlocker
  readonly protocol: ShellProtocol
  readonly screen: ShellScreen
  readonly session: { readonly defaultSession: ShellSession }
  readonly shell: { openExternal(address: string): Promise<void> }
  readonly utilityProcess: ShellProcesses
}

/** One event of an emitter; an interface has the intersection of those that are used. */
type Listens<Event extends string, Listener> = (event: Event, listener: Listener) => unknown

export interface Preventable {
  preventDefault(): void
}

export interface ShellApp {
  readonly isPackaged: boolean
  enableSandbox(): void
  setPath(name: 'userData', path: string): void
  setAppUserModelId(id: string): void
  readonly commandLine: { appendSwitch(name: string): void }
  setAboutPanelOptions(options: AboutPanelOptionsOptions): void
  requestSingleInstanceLock(): boolean
  whenReady(): Promise<void>
  quit(): void
  exit(code?: number): void
  readonly on: Listens<'second-instance', () => void> &
    Listens<'window-all-closed', () => void> &
    Listens<'before-quit', (event: Preventable) => void> &
    Listens<'web-contents-created', (event: object, contents: ShellContents) => void>
}

export interface ShellWindow {
  readonly webContents: ShellContents
  loadURL(address: string): Promise<void>
  show(): void
  focus(): void
  restore(): void
  maximize(): void
  isMinimized(): boolean
  isMaximized(): boolean
  isFocused(): boolean
  isDestroyed(): boolean
  /** Closes it without asking anybody. */
  destroy(): void
  getNormalBounds(): Rectangle
  readonly once: Listens<'ready-to-show', () => void>
  readonly on: Listens<'close', (event: Preventable) => void> &
    Listens<'session-end', () => void> &
    Listens<'unresponsive', () => void>
}

export interface ShellContents {
  reload(): void
  postMessage(channel: string, message: unknown, transfer?: ShellPort[]): void
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void
  readonly on: Listens<'will-navigate', (event: Navigation) => void> &
    Listens<'will-redirect', (event: Navigation) => void> &
    Listens<'will-frame-navigate', (event: Navigation) => void> &
    Listens<'will-attach-webview', (event: Preventable) => void> &
    Listens<'render-process-gone', (event: object, details: { reason: string }) => void>
}

export interface Navigation extends Preventable {
  readonly url: string
}

export interface ShellMenus {
  buildFromTemplate(template: MenuItemConstructorOptions[]): object
  setApplicationMenu(menu: object | null): void
}

export interface ShellPort {
  postMessage(message: unknown): void
  start(): void
  close(): void
  readonly on: Listens<'message', (event: { data: unknown }) => void> & Listens<'close', () => void>
}

export interface ShellNotifications {
  new (options: NotificationConstructorOptions): ShellNotification
  isSupported(): boolean
}

export interface ShellNotification {
  show(): void
  readonly on: Listens<'click', () => void>
}

export interface ShellDialog {
  showErrorBox(title: string, content: string): void
  showMessageBox(options: MessageBoxOptions): Promise<{ response: number }>
}

/** Who sent a message: a frame of a page, or null when it is gone. */
export interface Sender {
  readonly sender: object
  readonly senderFrame: SenderFrame | null
}

export interface SenderFrame {
  readonly url: string
  readonly origin: string
  readonly parent: object | null
  postMessage(channel: string, message: unknown, transfer?: ShellPort[]): void
}

export interface ShellReceiver {
  on(channel: string, listener: (event: Sender) => void): unknown
}

export interface ShellPowerSaveBlocker {
  start(type: 'prevent-app-suspension'): number
  stop(id: number): unknown
}

/** The part of a request that decides its answer. */
export interface PageRequest {
  readonly method: string
  readonly url: string
}

export interface ShellProtocol {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void
  handle(scheme: string, answer: (request: PageRequest) => Promise<Response>): void
}

export interface ShellScreen {
  getAllDisplays(): readonly { readonly id: number; readonly workArea: Rectangle }[]
  getPrimaryDisplay(): { readonly id: number; readonly workArea: Rectangle }
  getDisplayMatching(area: Rectangle): { readonly id: number }
}

export interface ShellSession {
  readonly webRequest: {
    onBeforeRequest(
      filter: { urls: string[] },
      listener: (request: object, answer: (response: { cancel: boolean }) => void) => void,
    ): void
  }
  setPermissionRequestHandler(
    handler: (contents: object, permission: string, answer: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: (contents: object | null, permission: string) => boolean): void
  setDevicePermissionHandler(handler: (details: object) => boolean): void
  setDisplayMediaRequestHandler(handler: (request: object, answer: (streams: null) => void) => void): void
  readonly on: Listens<'will-download', (event: Preventable, item: { getURL(): string }) => void>
}

export interface ShellProcesses {
  fork(script: string, parameters: string[], options: ForkOptions): ShellProcess
}

export interface ShellProcess {
  readonly pid: number | undefined
  kill(): boolean
  postMessage(message: unknown, transfer?: ShellPort[]): void
  readonly on: Listens<'message', (message: unknown) => void> &
    Listens<'spawn', () => void> &
    Listens<'error', (type: string, location: string) => void>
  readonly once: Listens<'exit', (code: number) => void>
}
