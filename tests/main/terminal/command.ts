// The command line as a user runs it: a process of its own, whose output is collected line by line.
import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, afterEach } from 'vitest'

const ENTRY = resolve(import.meta.dirname, '../../../src-main/cli.ts')

export interface CommandResult {
  /** The exit code, or null when a signal ended it. */
  readonly code: number | null
  /** Whole lines. */
  readonly lines: readonly string[]
  readonly stderr: string
}

export interface RunningCommand {
  readonly process: ChildProcess
  readonly pid: number
  readonly result: Promise<CommandResult>
  /** The first line of stdout that contains the text, or the one of the given number among these, counted from 1. */
  waitFor(text: string, number?: number): Promise<string>
}

/** A test that failed or was given up leaves its commands behind: they are ended before the next one. */
const running = new Set<RunningCommand>()
let isFileOver = false

async function endCommands(): Promise<void> {
  const left = [...running]
  for (const command of left) command.process.kill('SIGKILL')
  await Promise.allSettled(left.map(({ result }) => result))
}
afterEach(endCommands)
afterAll(() => {
  isFileOver = true
  return endCommands()
})

/** Runs `atelier ...words` to its end. */
export function atelier(...words: readonly string[]): Promise<CommandResult> {
  return spawnAtelier(words).result
}

/**
 * Starts `atelier ...words`; it is killed with the test if it still runs then.
 * @param stderr 'ignore' lets the result come when the command itself is gone; its trainer has the same stderr
 */
export function spawnAtelier(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  stderr: 'pipe' | 'ignore' = 'pipe',
): RunningCommand {
  if (isFileOver)
    throw new Error('The tests of this file are over: a test that was given up goes on no further.')
  const child = spawn(process.execPath, [ENTRY, ...words], {
    stdio: ['ignore', 'pipe', stderr],
    env: { ...process.env, ...environment },
  })
  const output = new LineCollector()
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => output.add(text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const result = new Promise<CommandResult>((resolveResult, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolveResult({ code, lines: output.lines, stderr: said }))
  })
  const command: RunningCommand = {
    process: child,
    pid: child.pid ?? 0,
    result,
    waitFor: (text, number = 1) => Promise.race([output.waitFor(text, number), failWithResult(result, text)]),
  }
  running.add(command)
  const forget = (): void => void running.delete(command)
  result.then(forget, forget)
  return command
}

async function failWithResult(result: Promise<CommandResult>, text: string): Promise<never> {
  const { code, lines, stderr } = await result
  throw new Error(`It ended with ${String(code)} without a line with ${text}: ${lines.join('\n')}${stderr}`)
}

class LineCollector {
  readonly lines: string[] = []
  #rest = ''
  #watchers: (() => void)[] = []

  add(text: string): void {
    const parts = (this.#rest + text).split('\n')
    this.#rest = parts.pop() ?? ''
    this.lines.push(...parts)
    for (const watcher of this.#watchers) watcher()
  }

  waitFor(text: string, number: number): Promise<string> {
    return new Promise((resolveLine) => {
      const look = (): void => {
        const line = this.lines.filter((candidate) => candidate.includes(text))[number - 1]
        if (line !== undefined) resolveLine(line)
      }
      this.#watchers.push(look)
      look()
    })
  }
}
