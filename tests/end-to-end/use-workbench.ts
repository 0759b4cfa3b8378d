// What an end-to-end file begins with: a data folder of its own, the workbench over it, the contract for what a test does not
// want to click, and a watched page. All of it goes with the last test of the file.
import { type Browser, type Page, test } from '@playwright/test'
import type { Client } from '#shared/client.ts'
import { openContract } from './contract-client.ts'
import { undoAll } from '../undo-all.ts'
import { makeHome, type Serving, startServing } from './serve-process.ts'
import { watchPage } from './watch-page.ts'

export interface OpenedWorkbench {
  /** With the token of the first visit. */
  readonly address: string
  readonly client: Client
  /** A folder for files of the test; the data folder is in it. */
  readonly parent: string
}

export interface WatchedPage {
  readonly page: Page
  /** Grows with all that the page should not have, see `watchPage`. */
  readonly problems: readonly string[]
}

export interface Workbench {
  open(): Promise<OpenedWorkbench>
  /** A page that shows nothing yet. */
  openPage(browser: Browser): Promise<WatchedPage>
  /** Ends the application in order and starts it anew. @returns its new address */
  restart(): Promise<string>
}

/** To be called once at the top of a file. */
export function useWorkbench(): Workbench {
  const undo: (() => unknown)[] = []
  const running: { home: string; serving: Serving }[] = []
  test.afterAll(() => undoAll(undo))
  return {
    async open() {
      const { home, parent, remove } = await makeHome()
      undo.unshift(remove)
      const started = { home, serving: await startServing(home) }
      running.push(started)
      undo.unshift(() => started.serving.stop())
      const { address } = started.serving
      const { client, close } = await openContract(address)
      undo.unshift(close)
      return { address, client, parent }
    },
    async openPage(browser) {
      const page = await browser.newPage()
      undo.unshift(() => page.close())
      return { page, problems: await watchPage(page) }
    },
    async restart() {
      const [started] = running
      if (started === undefined) throw new Error('the workbench was opened')
      await started.serving.stop()
      started.serving = await startServing(started.home)
      return started.serving.address
    },
  }
}
