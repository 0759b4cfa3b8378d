// Runs a program in the foreground: it has the terminal, and gets the signals that are sent to this process. Ctrl-C in a
// terminal reaches it by itself, and twice would mean 'at once'.
import { spawn, type SpawnOptions } from 'node:child_process'

export interface ProgramEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly lastedMs: number
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** @param options.stdio where its input and output go; the terminal when left out */
export async function followProgram(
  command: string,
  parameters: readonly string[],
  options: Pick<SpawnOptions, 'stdio' | 'cwd'> = {},
): Promise<ProgramEnd> {
  const started = performance.now()
  const child = spawn(command, parameters, { stdio: 'inherit', ...options })
  const pass = (signal: NodeJS.Signals): void => {
    if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, pass)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => resolve({ code, signal, lastedMs: performance.now() - started }))
    })
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass)
  }
}
