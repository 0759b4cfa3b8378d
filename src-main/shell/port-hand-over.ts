// Gives the page its port: the one way in which it can ask anything of the main process. A page that is loaded anew asks
// again; its old port is closed first, and with it all that was streaming over it.
import type { RPCHandler } from '@orpc/server/message-port'
import type { Sender, ShellContents, ShellElectron, ShellPort } from './electron.ts'
import { parsePortMessage } from '../host/port-message.ts'
import { PORT_CHANNEL } from './port-names.ts'
import { findTrustedFrame } from './trusted-sender.ts'

/** Serves the contract over a port. */
export type ContractServer = Pick<RPCHandler<Record<string, never>>, 'upgrade'>

export interface HandOver {
  /** Closes the port of the page that is gone. */
  close(): void
}

export function handOverPorts(
  { ipcMain, MessageChannelMain }: Pick<ShellElectron, 'ipcMain' | 'MessageChannelMain'>,
  page: ShellContents,
  server: ContractServer,
): HandOver {
  let close = (): void => undefined
  ipcMain.on(PORT_CHANNEL, (event: Sender) => {
    const frame = findTrustedFrame(event, page)
    if (frame === null) return
    close()
    const { port1, port2 } = new MessageChannelMain()
    close = serve(port1, server)
    frame.postMessage(PORT_CHANNEL, null, [port2])
  })
  return { close: () => close() }
}

/** Returns how to close; Electron tells of the far end's close alone, so ours is told to the server here. */
function serve(port: ShellPort, server: ContractServer): () => void {
  const farewells: (() => void)[] = []
  let isOpen = true
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    port.close()
    for (const farewell of farewells) farewell()
  }
  server.upgrade({
    on: (event, listener) => {
      if (event === 'close') farewells.push(() => listener())
      else port.on('message', ({ data }) => listen(data, listener))
    },
    postMessage: (message: unknown) => {
      if (isOpen) port.postMessage(message)
    },
  })
  const listen = (data: unknown, listener: (event: { data: unknown }) => void): void => {
    if (!isOpen) return
    const message = parsePortMessage(data)
    if (message === null) close()
    else listener({ data: message })
  }
  port.on('close', close)
  port.start()
  return close
}
