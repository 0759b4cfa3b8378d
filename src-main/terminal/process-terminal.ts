// The terminal of this process.
import type { Terminal } from './verb.ts'

const CLEAR_LINE = '\r\u001b[2K'

/** Results go to stdout, everything else to stderr; the status line only to a real terminal. */
export function openProcessTerminal(json: boolean): Terminal {
  const { stdout, stderr } = process
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe)
  let status = ''
  const clear = (): void => {
    if (status !== '') stderr.write(CLEAR_LINE)
    status = ''
  }
  return {
    json,
    print(line) {
      clear()
      stdout.write(`${line}\n`)
    },
    note(line) {
      clear()
      stderr.write(`${line}\n`)
    },
    status(line) {
      if (!stderr.isTTY) return
      clear()
      status = line.slice(0, stderr.columns - 1)
      stderr.write(status)
    },
  }
}

/** `atelier runs | head -1` reads one line and leaves; what was asked for is done all the same. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
