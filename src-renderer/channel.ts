// The carrier of the contract, and the one place that asks "am I in Electron?". There the preload hands over a
// MessagePort; in a browser it is a WebSocket at /rpc of the same origin, opened again whenever it breaks.
import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink as MessagePortLink } from '@orpc/client/message-port'
import { RPCLink as WebSocketLink } from '@orpc/client/websocket'
import { ResponseValidationPlugin } from '@orpc/contract/plugins'
import { contract } from '#shared/contract.ts'
import { Failure } from '#shared/failure.ts'

type Link = ClientLink<ClientContext>

export interface Wire {
  readonly link: Link
  /** Settles when nothing can be sent over it any more. */
  readonly closed: Promise<void>
}

export interface Channel {
  /** Tells of every wire that opens; a channel of one port opens once. */
  open(): Promise<Wire>
  /** Whether another wire may be had after one has closed. */
  readonly reopens: boolean
}

const PORT_MESSAGE = 'atelier-port'
const PORT_PATIENCE_MS = 10_000

export function chooseChannel(): Channel {
  if (location.protocol === 'app:') return { reopens: false, open: openPort }
  return { reopens: true, open: openSocket }
}

const plugins = () => [new ResponseValidationPlugin(contract)]

/** A wire over a port, whose other end another process or a test holds. */
export function wireOfPort(port: MessagePort): Wire {
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()))
  const link = new MessagePortLink({ port, plugins: plugins() })
  port.start()
  return { link, closed }
}

/** The preload posts `atelier-port` with one port to its own window, and again to a page that is loaded anew. */
function openPort(): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(silence()), PORT_PATIENCE_MS)
    const receive = (event: MessageEvent): void => {
      const [port] = event.ports
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return
      clearTimeout(timer)
      removeEventListener('message', receive)
      resolve(wireOfPort(port))
    }
    addEventListener('message', receive)
  })
}

function silence(): Failure {
  return new Failure(
    'unavailable',
    'The window got no connection to Atelier. Close it and start Atelier again.',
  )
}

function openSocket(): Promise<Wire> {
  const address = new URL('/rpc', location.href)
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const websocket = new WebSocket(address)
  const link = new WebSocketLink({ websocket, plugins: plugins() })
  const closed = new Promise<void>((resolve) => websocket.addEventListener('close', () => resolve()))
  return new Promise((resolve, reject) => {
    websocket.addEventListener('open', () => resolve({ link, closed }))
    websocket.addEventListener('close', () => reject(unreachable()))
  })
}

function unreachable(): Failure {
  const advice = 'Check that it still runs; if it was started again, open the address that it printed.'
  return new Failure('unavailable', `Atelier does not answer. ${advice}`)
}
