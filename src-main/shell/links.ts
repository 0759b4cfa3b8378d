// The only addresses that are ever handed to the system's browser. They are chosen here by their name; no text that
// comes from the page or from a file can become one.
import type { ShellElectron } from './electron.ts'

export const LINKS = {
  fashionMnist: 'https://github.com/zalandoresearch/fashion-mnist',
  electron: 'https://www.electronjs.org/',
} as const

type Browser = ShellElectron['shell']

export function openFashionMnist(shell: Browser): void {
  void shell.openExternal(LINKS.fashionMnist)
}

export function openElectron(shell: Browser): void {
  void shell.openExternal(LINKS.electron)
}
