// A window and its contents that remember what was done to them.
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { ShellContents, ShellPort, ShellWindow } from '#main/shell/electron.ts'
import { FakeEmitter } from './fake-emitter.ts'

export class FakeContents extends FakeEmitter implements ShellContents {
  reloads = 0
  windowOpenHandler: ((details: { url: string }) => { action: 'deny' }) | null = null

  readonly posted: { readonly channel: string; readonly transfer: readonly ShellPort[] }[] = []

  postMessage(channel: string, _message: unknown, transfer: ShellPort[] = []): void {
    this.posted.push({ channel, transfer })
    this.emit('posted', channel, transfer)
  }

  reload(): void {
    this.reloads += 1
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void {
    this.windowOpenHandler = handler
  }
}

export class FakeWindow extends FakeEmitter implements ShellWindow {
  readonly webContents = new FakeContents()
  readonly options: BrowserWindowConstructorOptions
  readonly calls: string[] = []
  bounds: Rectangle
  hasFocus = false
  isClosed = false
  isSmall = false
  isLarge = false

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 0,
      height: options.height ?? 0,
    }
  }

  loadURL(address: string): Promise<void> {
    this.calls.push(`loadURL ${address}`)
    return Promise.resolve()
  }

  show = (): void => this.#note('show')
  focus = (): void => this.#note('focus')
  restore = (): void => this.#note('restore')
  maximize = (): void => this.#note('maximize')
  isMinimized = (): boolean => this.isSmall
  isMaximized = (): boolean => this.isLarge
  isFocused = (): boolean => this.hasFocus
  isDestroyed = (): boolean => this.isClosed
  destroy = (): void => {
    this.#note('destroy')
    this.isClosed = true
  }
  getNormalBounds = (): Rectangle => this.bounds

  #note(call: string): void {
    this.calls.push(call)
  }
}
