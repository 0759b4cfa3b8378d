// Which processes carry a mark in their environment: a command and every process that came of it. Linux only.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export const CAN_LIST_PROCESSES = existsSync('/proc/self/environ')
/** The end of a test's name that says why it is skipped. */
export const NEEDS_PROCESS_LIST = CAN_LIST_PROCESSES ? '' : ' (skipped: needs the /proc of Linux)'

const VARIABLE = 'ATELIER_TEST_MARK'

/** The environment that marks a process and its children, as of this test process: another run's marks are others. */
export function markEnvironment(mark: string): NodeJS.ProcessEnv {
  return { [VARIABLE]: `${mark}, by process ${process.pid}` }
}

/** Ids of the living processes with this mark. */
export function findMarked(mark: string): number[] {
  const variable = `${VARIABLE}=${markEnvironment(mark)[VARIABLE] ?? ''}\0`
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readEnvironment(name).includes(variable))
    .map(Number)
}

/** How long it takes until no process has the mark, in milliseconds; `limitMs` or more when they stay. */
export async function waitUntilGone(mark: string, limitMs: number): Promise<number> {
  const start = performance.now()
  while (findMarked(mark).length > 0 && performance.now() - start < limitMs) await delay(20)
  return performance.now() - start
}

/** Empty for a process that is gone or belongs to someone else. */
function readEnvironment(processId: string): string {
  try {
    return readFileSync(`/proc/${processId}/environ`, 'utf8')
  } catch {
    return ''
  }
}
