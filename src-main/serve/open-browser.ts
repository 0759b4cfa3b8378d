// Opens an address in the user's browser. The command line of what is started can be seen by others on the machine, so
// the address must be one that works once.
import { spawn } from 'node:child_process'
import { platform } from 'node:os'

/** @param note is told in a sentence when no browser could be opened */
export function openBrowser(address: string, note: (line: string) => void): void {
  const [command, ...words] = commandFor(address)
  const child = spawn(command, words, { stdio: 'ignore', detached: true })
  const tell = (): void => note('No browser could be opened: open the printed address yourself.')
  child.once('error', tell)
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) tell()
  })
  child.unref()
}

function commandFor(address: string): [string, ...string[]] {
  switch (platform()) {
    case 'win32':
      return ['cmd', '/c', 'start', '', address]
    case 'darwin':
      return ['open', address]
    default:
      return ['xdg-open', address]
  }
}
