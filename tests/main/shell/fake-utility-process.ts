// Electron's utilityProcess over Node's fork. It has the traits that have cost others their data: there is no pid before
// 'spawn', messages come late, those that are unread when the process ends are dropped, and a message that is posted
// once it is gone brings the application down.
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ShellProcess, ShellProcesses } from '#main/shell/electron.ts'
import { FakeEmitter } from './fake-emitter.ts'

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

  kill(): boolean {
    this.kills += 1
    return this.pid !== undefined && this.#child.kill('SIGTERM')
  }

  postMessage(message: unknown): void {
    if (this.#isGone) throw new Error('Electron crashes: a message to a process that is gone')
    this.#child.send(message as object)
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
