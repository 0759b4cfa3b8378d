// The only addresses that are ever handed to the system's browser. They are chosen here by their name; no text that
// comes from the page or from a file can become one.
import { describeFailure } from '#shared/failure.ts'
import type { ShellElectron } from './electron.ts'
import type { Note } from './shell-log.ts'

export const LINKS = {
  fashionMnist: 'https://github.com/zalandoresearch/fashion-mnist',
  electron: 'https://www.electronjs.org/',
} as const

type Browser = ShellElectron['shell']

export function openFashionMnist(shell: Browser, note: Note): void {
  tellTrouble(shell.openExternal(LINKS.fashionMnist), note)
}

export function openElectron(shell: Browser, note: Note): void {
  tellTrouble(shell.openExternal(LINKS.electron), note)
}

/** A system without a browser is no defect of ours, and no reason to end. */
function tellTrouble(opened: Promise<void>, note: Note): void {
  opened.catch((error: unknown) => note(`No browser opened the address: ${describeFailure(error).message}`))
}
