// The system calls of a command and all that came of it, in their order, as strace saw them.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whether strace is installed and may trace here. */
export const CAN_TRACE = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0
/** The end of a test's name that says why it is skipped. */
export const NEEDS_STRACE = CAN_TRACE ? '' : ' (skipped: needs strace, which may trace)'

const TRACED = 'write,pwrite64,fsync,fdatasync,rename,renameat,renameat2'

export interface SystemCall {
  /** As strace writes it, with the path of every file descriptor. */
  readonly text: string
  /** Lines of the trace at which it began and returned; other threads may have calls between. */
  readonly begin: number
  readonly end: number
}

/** Runs a command to its end under strace. @throws Error when it fails */
export function traceCommand(command: readonly string[], traceFile: string): SystemCall[] {
  const flags = ['-f', '-y', '--seccomp-bpf', '-s', '60', '-e', `trace=${TRACED}`, '-o', traceFile]
  const { status, stderr } = spawnSync('strace', [...flags, ...command], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the traced command ended with ${String(status)}: ${stderr}`)
  return parseTrace(readFileSync(traceFile, 'utf8'))
}

/** A call that was interrupted by another thread's stands on two lines: '… <unfinished ...>' and '<... NAME resumed>'. */
function parseTrace(trace: string): SystemCall[] {
  const calls: { text: string; begin: number; end: number }[] = []
  const unfinished = new Map<string, { text: string; begin: number; end: number }>()
  for (const [line, content] of trace.split('\n').entries()) {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(content) ?? []
    const open = unfinished.get(thread)
    if (text.startsWith('<...') && open !== undefined) {
      open.end = line
      unfinished.delete(thread)
      continue
    }
    const call = { text, begin: line, end: line }
    if (text.endsWith('<unfinished ...>')) unfinished.set(thread, call)
    calls.push(call)
  }
  return calls
}
