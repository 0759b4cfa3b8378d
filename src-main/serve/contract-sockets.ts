// The contract over WebSockets at /rpc, let in by the same checks as every request.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import type { WorkbenchRouter } from '../host/router.ts'
import { refuseSocket } from './answers.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { PatientSocket } from './patient-socket.ts'

/** A list of 5,000 experiments is about 4 MB. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
const MAX_SOCKETS = 32

export interface ContractSockets {
  /** Answers a request to change over to another protocol. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

export function openContractSockets(doorkeeper: Doorkeeper, router: WorkbenchRouter): ContractSockets {
  const handler = new RPCHandler(router)
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    WebSocket: PatientSocket,
  })
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy())
      const status = judge(doorkeeper, request, server.clients.size)
      if (status !== null) {
        refuseSocket(socket, status)
        return
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('error', () => webSocket.terminate())
        void handler.upgrade(webSocket)
      })
    },
    close() {
      for (const webSocket of server.clients) webSocket.terminate()
      server.close()
    },
  }
}

/** The status to refuse with, or null. */
function judge(doorkeeper: Doorkeeper, request: IncomingMessage, openSockets: number): number | null {
  const verdict = doorkeeper.judge(request, true)
  if (verdict === 'wrong-host' || verdict === 'wrong-origin') return 403
  if (verdict === 'unknown') return 401
  if (request.url !== '/rpc') return 404
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') return 400
  return openSockets >= MAX_SOCKETS ? 503 : null
}
