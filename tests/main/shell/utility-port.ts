// Loaded before a trainer process that is forked under Node: gives it `process.parentPort`, as Electron's utilityProcess
// has it. Like Electron's, it clones what is posted and refuses memory that is shared.

import { isPortEnvelope } from './port-envelope.ts'

function refuseShared(value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof SharedArrayBuffer)
      throw new Error('#<SharedArrayBuffer> could not be cloned.')
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) refuseShared(part)
  }
}

/** The process's end of a port; there is one at most. */
const port = {
  heard: { message: [], close: [] } as Record<'message' | 'close', ((event: { data: unknown }) => void)[]>,
  on(event: 'message' | 'close', listener: (event: { data: unknown }) => void) {
    port.heard[event].push(listener)
  },
  postMessage(data: unknown) {
    refuseShared(data)
    process.send?.({ port: 'message', data: structuredClone(data) })
  },
  start: () => undefined,
}

Object.defineProperty(process, 'parentPort', {
  value: {
    postMessage(message: unknown) {
      refuseShared(message)
      process.send?.(structuredClone(message))
    },
    on(_event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void) {
      process.on('message', (message: unknown) => {
        if (!isPortEnvelope(message)) listener({ data: message, ports: [] })
        else if (message.port === 'open') listener({ data: message.data, ports: [port] })
        else for (const hear of port.heard[message.port]) hear({ data: message.data })
      })
    },
  },
})
process.on('disconnect', () => process.exit(0))
