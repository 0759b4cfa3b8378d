// How refusals look: a status, the headers of every answer, and nothing that says more than the status does.
import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { PAGE_HEADERS } from '../page/page-headers.ts'

export function refuse(response: ServerResponse, status: number): void {
  const text = describe(status)
  response.writeHead(status, refusalHeaders(status, text))
  response.end(response.req.method === 'HEAD' ? undefined : text)
}

/** The same where there is no response object: for an upgrade, and for what is no HTTP at all. */
export function refuseSocket(socket: Duplex, status: number): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const text = describe(status)
  const headers = Object.entries(refusalHeaders(status, text)).map(([name, value]) => `${name}: ${value}\r\n`)
  const lines = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers.join('')}\r\n`
  socket.end(lines + text, () => socket.destroy())
}

function refusalHeaders(status: number, text: string): Record<string, string> {
  return {
    ...PAGE_HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
  }
}

function describe(status: number): string {
  return `${STATUS_CODES[status] ?? 'Refused'}\n`
}
