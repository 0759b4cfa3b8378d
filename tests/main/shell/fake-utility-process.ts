// Electron's utilityProcess over Node's fork. It has the traits that have cost others their data: there is no pid before
// 'spawn', messages come late, those that are unread when the process ends are dropped, a message that is posted once it
// is gone brings the application down, and so does an 'error' that nobody hears.
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ShellPort, ShellProcess, ShellProcesses } from '#main/shell/electron.ts'
import { FakeEmitter } from './fake-emitter.ts'
import { isPortEnvelope, type PortEnvelope } from './port-envelope.ts'

const LATE_MS = 5
const PORT = join(import.meta.dirname, 'utility-port.ts')

export class FakeUtilityProcess extends FakeEmitter implements ShellProcess {
  pid: number | undefined = undefined
  kills = 0
  readonly #child: ChildProcess
  #isGone = false

  constructor(script: string) {
    super()
    this.#child = fork(script, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: ['--import', PORT],
    })
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid
      this.emit('spawn')
    })
    this.#child.on('message', (message) => {
      if (isPortEnvelope(message)) return
      void delay(LATE_MS).then(() => {
        if (!this.#isGone) this.emit('message', message)
      })
    })
    this.#child.once('exit', (code) => {
      this.#isGone = true
      this.pid = undefined
      this.emit('exit', this.kills > 0 ? 0 : (code ?? 1))
    })
  }

  /** As a crash would end it. */
  crash(): void {
    this.#child.kill('SIGKILL')
  }

  /** As V8 does with no memory left: it says so, and the process ends. */
  runOutOfMemory(): void {
    if (this.countListeners('error') === 0) throw new Error('Electron: an error that nobody hears')
    this.emit('error', 'FatalError', 'Heap::AllocateRaw', '{}')
    this.crash()
  }

  kill(): boolean {
    this.kills += 1
    return this.pid !== undefined && this.#child.kill('SIGTERM')
  }

  postMessage(message: unknown, [port]: readonly ShellPort[] = []): void {
    if (this.#isGone) throw new Error('Electron crashes: a message to a process that is gone')
    if (port === undefined) this.#child.send(message as object)
    else this.#handOver(message, port)
  }

  /** Node hands no port to a process: what goes over it is sent beside the other messages. */
  #handOver(message: unknown, port: ShellPort): void {
    const send = (envelope: PortEnvelope): void => {
      if (!this.#isGone) this.#child.send(envelope)
    }
    port.on('message', ({ data }) => send({ port: 'message', data }))
    port.on('close', () => send({ port: 'close', data: null }))
    this.#child.on('message', (envelope) => {
      if (isPortEnvelope(envelope)) port.postMessage(envelope.data)
    })
    this.#child.once('exit', () => port.close())
    send({ port: 'open', data: message })
    port.start()
  }
}

export function forkUtilityProcesses(): { processes: ShellProcesses; forked: FakeUtilityProcess[] } {
  const forked: FakeUtilityProcess[] = []
  const fork = (script: string): ShellProcess => {
    const child = new FakeUtilityProcess(script)
    forked.push(child)
    return child
  }
  return { processes: { fork }, forked }
}
