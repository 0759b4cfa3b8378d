// All that the preload of the hidden window does: it passes the port on to its page.
import { TRAINER_PORT_CHANNEL, TRAINER_PORT_MESSAGE } from './trainer-port-names.ts'

const TRAINER_ORIGIN = 'app://trainer'

/** The part of ipcRenderer that is used. */
export interface TrainerMainProcess {
  on(channel: string, listener: (event: { readonly ports: readonly object[] }) => void): unknown
}

/** The part of the page's window that is used. */
export interface TrainerPageWindow {
  postMessage(message: string, targetOrigin: string, transfer: readonly object[]): void
}

export function passTrainerPort(main: TrainerMainProcess, page: TrainerPageWindow): void {
  main.on(TRAINER_PORT_CHANNEL, ({ ports }) => page.postMessage(TRAINER_PORT_MESSAGE, TRAINER_ORIGIN, ports))
}
