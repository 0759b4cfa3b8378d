// Loaded before a trainer process that is forked under Node: gives it `process.parentPort`, as Electron's utilityProcess
// has it. Like Electron's, it clones what is posted and refuses memory that is shared.

function refuseShared(value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof SharedArrayBuffer)
      throw new Error('#<SharedArrayBuffer> could not be cloned.')
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) refuseShared(part)
  }
}

Object.defineProperty(process, 'parentPort', {
  value: {
    postMessage(message: unknown) {
      refuseShared(message)
      process.send?.(structuredClone(message))
    },
    on(_event: 'message', listener: (event: { data: unknown }) => void) {
      process.on('message', (data: unknown) => listener({ data }))
    },
  },
})
process.on('disconnect', () => process.exit(0))
