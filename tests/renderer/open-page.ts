// Opens the whole page in the test's browser, over a fake host at the border.
import '#shared/zod-without-eval.ts'
import '../../src-renderer/app.css'
import { render } from 'vitest-browser-svelte'
import App from '../../src-renderer/App.svelte'
import { wireOfPort } from '../../src-renderer/channel.ts'
import { openWorkbench } from '../../src-renderer/open-workbench.ts'
import { loadPage } from '../../src-renderer/pages.ts'
import { readPlace } from '../../src-renderer/state/place.ts'
import type { Workbench } from '../../src-renderer/workbench.ts'
import type { FakeHost } from './fake-host.ts'

/** @param address such as `#/experiments` */
export async function openPage(host: FakeHost, address: string): Promise<Workbench> {
  location.hash = address
  // Compiled when it is first asked for: on a busy machine that may take longer than a test waits for what it looks for.
  await loadPage(readPlace(location.hash).page)
  const workbench = openWorkbench({
    reopens: false,
    open: () => Promise.resolve(wireOfPort(host.openPort())),
  })
  await render(App, { workbench })
  return workbench
}
