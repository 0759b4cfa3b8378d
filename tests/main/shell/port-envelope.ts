// How a port that Electron would hand to a utilityProcess travels to a process that was forked under Node.

export interface PortEnvelope {
  readonly port: 'open' | 'message' | 'close'
  readonly data: unknown
}

export function isPortEnvelope(message: unknown): message is PortEnvelope {
  return typeof message === 'object' && message !== null && 'port' in message && 'data' in message
}
