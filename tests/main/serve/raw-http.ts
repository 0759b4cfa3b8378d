// HTTP as bytes on a socket, so that a test can send what no client would.
import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const PATIENCE_MS = 15_000

/**
 * Sends bytes and reads until the far end closes, or until an upgrade is done; status 0 is a close without an answer.
 * @param isAll whether to tell the far end that nothing more will come
 */
export function sendRaw(port: number, request: string, isAll = false): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(request, 'latin1')
      if (isAll) socket.end()
    })
    let received = ''
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`no end of the answer: ${received}`)))
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text
      if (received.startsWith('HTTP/1.1 101')) socket.destroy()
    })
    socket.on('error', (error) => (received === '' ? reject(error) : resolve(parseAnswer(received))))
    socket.on('close', () => resolve(parseAnswer(received)))
  })
}

/** A request that ends its connection, with these header lines. */
export function formatRequest(method: string, path: string, headers: readonly string[]): string {
  return [`${method} ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n')
}

/** A request to change over to a WebSocket. */
export function formatUpgrade(path: string, headers: readonly string[]): string {
  const upgrade = [
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]
  return [`GET ${path} HTTP/1.1`, ...headers, ...upgrade, '', ''].join('\r\n')
}

export function openSocket(port: number, host = '127.0.0.1'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => resolve(socket))
    socket.once('error', reject)
  })
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: body.join('\r\n\r\n'),
  }
}
