// What carries the contract: a pair of ports in memory, as Electron has them, and a real WebSocket on loopback.
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { ResponseValidationPlugin } from '@orpc/contract/plugins'
import { RPCHandler } from '@orpc/server/message-port'
import { onTestFinished } from 'vitest'
import type { Host } from '#main/host/host.ts'
import { buildRouter } from '#main/host/router.ts'
import { openWorkbenchServer } from '#main/serve/http-server.ts'
import { buildClient, type Client } from '#shared/client.ts'
import { contract } from '#shared/contract.ts'
import { firstVisit } from '../main/serve/first-visit.ts'

export interface Connection {
  readonly client: Client
  /** Breaks it, from the client's side. */
  break(): void
}

export type Connect = () => Promise<Connection>

export const CARRIERS: Readonly<Record<string, (host: Host) => Promise<Connect>>> = {
  'a pair of message ports': openPorts,
  'a WebSocket': openSockets,
}

/** As the page does it: an answer that does not fit the contract is refused. */
const checkAnswers = () => [new ResponseValidationPlugin(contract)]

function openPorts(host: Host): Promise<Connect> {
  const handler = new RPCHandler(buildRouter(host))
  const connect = (): Promise<Connection> => {
    const { port1, port2 } = new MessageChannel()
    onTestFinished(() => port1.close())
    handler.upgrade(port1)
    const client = buildClient(new PortLink({ port: port2, plugins: checkAnswers() }))
    port1.start()
    port2.start()
    return Promise.resolve({ client, break: () => port2.close() })
  }
  return Promise.resolve(connect)
}

async function openSockets(host: Host): Promise<Connect> {
  const server = await openWorkbenchServer(buildRouter(host), { find: () => null }, 0)
  onTestFinished(() => server.close())
  const { origin, cookie } = await firstVisit(server.address)
  return async () => {
    const websocket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { origin, cookie } })
    await new Promise((resolve) => websocket.addEventListener('open', resolve))
    const client = buildClient(new SocketLink({ websocket, plugins: checkAnswers() }))
    return { client, break: () => websocket.close() }
  }
}
