// A WebSocket as the contract wants it. `send` resolves when the far end takes what was sent, so that a slow page slows
// its own stream and fills no memory; a message that no page of ours sends ends the socket before anyone reads it.
import { WebSocket } from 'ws'
import { parsePortMessage } from '../host/port-message.ts'

const NOT_UNDERSTOOD = 1007

export class PatientSocket extends WebSocket {
  /** Resolves also when the socket breaks, which its event 'close' tells. */
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- oRPC awaits what `send` returns
  override send(data: Parameters<WebSocket['send']>[0]): Promise<void> {
    return new Promise((resolve) => super.send(data, () => resolve()))
  }

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (event !== 'message' || isUnderstood(values)) return super.emit(event, ...values)
    this.close(NOT_UNDERSTOOD)
    return true
  }
}

/** The contract is text. */
function isUnderstood([data, isBinary]: readonly unknown[]): boolean {
  return isBinary === false && data instanceof Buffer && parsePortMessage(data.toString('utf8')) !== null
}
