// The page has no network: whatever the content security policy may miss is cancelled here. A download is a file that
// the page has made itself (a chart, a table); Electron asks the user where to put it.
import type { ShellSession } from './electron.ts'

const ELSEWHERE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*']
const OWN_FILES = /^(blob:app:\/\/atelier\/|data:)/

export function keepOffline(session: ShellSession): void {
  session.webRequest.onBeforeRequest({ urls: ELSEWHERE }, (_request, answer) => answer({ cancel: true }))
  session.on('will-download', (event, item) => {
    if (!OWN_FILES.test(item.getURL())) event.preventDefault()
  })
}
