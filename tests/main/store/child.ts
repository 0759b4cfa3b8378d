// Starts a TypeScript file beside this one in a process of its own, under the same Node.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'

export interface Child {
  /** Resolves when so much was printed, or when the process ended without it. */
  printed(text: string): Promise<void>
  /** Every whole line so far. A line without its end was not acknowledged. */
  lines(): readonly string[]
  /** kill -9, and waits until the process is gone. */
  kill(): Promise<void>
  readonly ended: Promise<number | null>
}

export function startChild(file: string, ...args: readonly string[]): Child {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return watch(child)
}

function watch(child: ChildProcessByStdio<null, Readable, null>): Child {
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    ended,
    lines: () => output.split('\n').slice(0, -1),
    async printed(text) {
      while (!output.includes(text) && child.stdout.readable)
        await Promise.race([once(child.stdout, 'data'), ended])
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
