// All that the preload does: when the page is ready to listen, it asks for a port and passes it on. The page gets the
// port and nothing else: no function, no object of Electron's.
import { APP_ORIGIN } from './app-address.ts'
import { PORT_CHANNEL, PORT_MESSAGE } from './port-names.ts'

/** The part of ipcRenderer that is used. */
export interface MainProcess {
  send(channel: string): void
  on(channel: string, listener: (event: { readonly ports: readonly object[] }) => void): unknown
}

/** The part of the page's window that is used. */
export interface PageWindow {
  addEventListener(event: 'DOMContentLoaded', listener: () => void): void
  postMessage(message: string, targetOrigin: string, transfer: readonly object[]): void
}

export function passPort(main: MainProcess, page: PageWindow): void {
  main.on(PORT_CHANNEL, ({ ports }) => page.postMessage(PORT_MESSAGE, APP_ORIGIN, ports))
  page.addEventListener('DOMContentLoaded', () => main.send(PORT_CHANNEL)) // the page's modules have run by then
}
