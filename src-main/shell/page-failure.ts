// When the page's process dies or hangs: training goes on in its own process, so the page is offered anew.
import type { ShellDialog, ShellWindow } from './electron.ts'

const LOAD = 0

export interface PageFailureSetting {
  readonly note: (line: string) => void
  readonly quit: () => void
}

export function offerNewPage(
  window: ShellWindow,
  dialog: ShellDialog,
  { note, quit }: PageFailureSetting,
): void {
  let isAsking = false
  const ask = async (message: string, other: string, otherwise: () => void): Promise<void> => {
    if (isAsking) return
    isAsking = true
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      title: 'Atelier',
      message,
      detail: 'Training goes on in a process of its own; nothing of it is lost.',
      buttons: ['Load the Page Again', other],
      defaultId: LOAD,
      cancelId: 1,
      noLink: true,
    })
    isAsking = false
    if (response === LOAD) window.webContents.reload()
    else otherwise()
  }
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    note(`The page's process is gone: ${reason}`)
    void ask(`The page has stopped working (${reason}).`, 'Quit', quit)
  })
  window.on('unresponsive', () => void ask('The page does not answer.', 'Wait', () => undefined))
}
