// The page stays where it is: no other address, no other window, no page within the page. Applies to everything that
// could ever hold a page, the window's own included. Loading the page anew is not a navigation to Electron.
import type { ShellApp, ShellContents } from './electron.ts'

export function keepEveryPageInPlace(app: ShellApp): void {
  app.on('web-contents-created', (_event, contents) => keepInPlace(contents))
}

function keepInPlace(contents: ShellContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
