// Opens one dialog of the page over a fake host, as its page would.
import '#shared/zod-without-eval.ts'
import '../../../src-renderer/app.css'
import type { Component } from 'svelte'
import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { wireOfPort } from '../../../src-renderer/channel.ts'
import { openWorkbench } from '../../../src-renderer/open-workbench.ts'
import type { Workbench } from '../../../src-renderer/workbench.ts'
import type { FakeHost } from '../fake-host.ts'
import DialogOnPage from './DialogOnPage.svelte'

type AnyDialog = Component<{ open: boolean } & Record<string, unknown>, object, 'open'>

export interface OpenedDialog {
  readonly workbench: Workbench
  /** Other properties than at first. */
  readonly change: (given: Record<string, unknown>) => Promise<void>
}

/** @param given its properties beside `open` */
export async function openDialog<Props extends { open: boolean }>(
  host: FakeHost,
  dialog: Component<Props, object, 'open'>,
  given: Omit<Props, 'open'>,
): Promise<OpenedDialog> {
  const workbench = openWorkbench({
    reopens: false,
    open: () => Promise.resolve(wireOfPort(host.openPort())),
  })
  const fixed = { workbench, dialog: dialog as unknown as AnyDialog } // the pair of both is checked above
  const { rerender } = await render(DialogOnPage, { ...fixed, given })
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await expect.poll(() => workbench.settings.current).not.toBeNull() // the theme follows from them: what is tested may set another
  return {
    workbench,
    change: async (changed) => {
      await rerender({ ...fixed, given: { ...given, ...changed } })
    },
  }
}
