// The loopback server: 127.0.0.1 and nothing else, with limits on what a request may take. Every answer is ours, those
// to what is no HTTP among them, so that every answer has our headers.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Failure } from '#shared/failure.ts'
import type { WorkbenchRouter } from '../host/router.ts'
import type { BuiltPage } from '../page/built-page.ts'
import { answerRequest } from './answer-request.ts'
import { refuseSocket } from './answers.ts'
import { openContractSockets } from './contract-sockets.ts'
import { Doorkeeper } from './doorkeeper.ts'

const HOST = '127.0.0.1'
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
  requireHostHeader: false, // refused by us, with our headers
} as const
const MAX_CONNECTIONS = 200
const STATUS_OF_ERRORS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

export interface WorkbenchServer {
  readonly port: number
  /** The address for the person who started this, with the token. */
  readonly address: string
  /** An address that works once, soon: for the command that opens the browser. */
  makeAddressForOnce(): string
  close(): Promise<void>
}

/** @throws Failure 'conflict' when the port is taken, 'unavailable' when it may not be used */
export async function openWorkbenchServer(
  router: WorkbenchRouter,
  page: BuiltPage,
  port: number,
): Promise<WorkbenchServer> {
  const doorkeeper = new Doorkeeper()
  const sockets = openContractSockets(doorkeeper, router)
  const server = createServer(LIMITS)
  server.maxConnections = MAX_CONNECTIONS
  const answer = (request: IncomingMessage, response: ServerResponse): void =>
    answerRequest(doorkeeper, page, request, response)
  server.on('request', answer)
  server.on('checkContinue', answer)
  server.on('checkExpectation', answer)
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))
  server.on('connect', (_request, socket) => refuseSocket(socket, 405))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuseSocket(socket, STATUS_OF_ERRORS[error.code ?? ''] ?? 400)
  })
  const listening = await listen(server, port)
  doorkeeper.listenOn(listening)
  return {
    port: listening,
    address: doorkeeper.address,
    makeAddressForOnce: () => doorkeeper.makeAddressForOnce(),
    close: () => close(server, sockets),
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, port)))
    server.listen({ host: HOST, port, exclusive: true }, resolve)
  })
  return (server.address() as AddressInfo).port
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Failure('conflict', `Port ${port} is in use. Choose another with --port, or leave it out.`)
  if (error.code === 'EACCES')
    return new Failure('unavailable', `Port ${port} may not be used. Choose one above 1023 with --port.`)
  return error
}

async function close(server: Server, sockets: ReturnType<typeof openContractSockets>): Promise<void> {
  sockets.close()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
