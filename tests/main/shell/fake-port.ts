// Electron's message ports over Node's: events carry `data`, and a port that is closed tells its far end.
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { ShellPort } from '#main/shell/electron.ts'

export class FakePort implements ShellPort {
  readonly port: MessagePort
  isClosed = false

  constructor(port: MessagePort) {
    this.port = port
  }

  readonly on = (event: 'message' | 'close', listener: (event: { data: unknown }) => void): unknown => {
    if (event === 'close') return this.port.on('close', () => listener({ data: null }))
    return this.port.on('message', (data: unknown) => listener({ data }))
  }

  postMessage(message: unknown): void {
    this.port.postMessage(message)
  }

  start(): void {
    this.port.start()
  }

  close(): void {
    this.isClosed = true
    this.port.close()
  }
}

export class FakeChannel {
  readonly port1: FakePort
  readonly port2: FakePort

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new FakePort(port1)
    this.port2 = new FakePort(port2)
  }
}

/** The next message that waits at a port which nobody listens to, or undefined. */
export function takeMessage({ port }: FakePort): unknown {
  return receiveMessageOnPort(port)?.message
}
