// The built trainer page in a real Chromium, with ports to it as a trainer process has them.
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { TRAINER_HEADERS } from '#main/page/page-headers.ts'
import type { WindowPort } from '#main/training/window-port.ts'
import { WINDOW_GREETING } from '#shared/window-training.ts'
import { trainerBuild } from '../../trainer.vite.config.ts'
import { openBuiltPage } from './serve-built-page.ts'
import { encodeTyped, reviveTyped } from './typed-json.ts'

export interface TrainerPage {
  /** A port of its own, and with it work of its own, for each that asks. */
  readonly openPort: () => Promise<WindowPort>
  readonly complaints: readonly string[]
  /** As a driver that fails: the browser's GPU process is gone at once, and another one starts. */
  readonly loseGpu: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function buildTrainerPage(folder: string): Promise<void> {
  await build({ ...trainerBuild, build: { ...trainerBuild.build, outDir: folder } })
}

/** @param folder where buildTrainerPage has put it */
export async function openTrainerPage(folder: string): Promise<TrainerPage> {
  const { page, complaints, close } = await openBuiltPage(folder, 'trainer.html', TRAINER_HEADERS)
  const said: unknown[][] = []
  const listeners: (((message: unknown) => void) | undefined)[] = []
  await page.exposeFunction('tellTest', (port: number, text: string) => {
    const message = reviveTyped(text)
    const listen = listeners[port]
    if (listen === undefined) said[port]?.push(message)
    else listen(message)
  })
  return {
    complaints,
    close,
    async loseGpu() {
      const session = await page.context().browser()?.newBrowserCDPSession()
      await session?.send('Browser.crashGpuProcess')
    },
    async openPort() {
      const port = said.push([]) - 1
      await page.evaluate(greet, { greeting: WINDOW_GREETING, port })
      return {
        post: (message) => void postTo(page, port, encodeTyped(message)),
        onMessage: (listener) => {
          listeners[port] = listener
          for (const message of said[port]?.splice(0) ?? []) listener(message)
        },
        onClose: (listener) => void page.on('close', () => listener()),
      }
    },
  }
}

/** What `greet` leaves in the page, and what it finds there. */
interface PageSide {
  posts?: ((text: string) => void)[]
  tellTest(port: number, text: string): void
  postMessage(message: unknown, origin: string, transfer: unknown[]): void
}

function postTo(page: Page, port: number, text: string): Promise<void> {
  return page.evaluate(([index, words]) => (globalThis as unknown as PageSide).posts?.[index]?.(words), [
    port,
    text,
  ] as const)
}

/** Runs in the page: hands it a port as its preload would, and keeps the other end. */
function greet({ greeting, port }: { greeting: string; port: number }): void {
  const side = globalThis as unknown as PageSide
  const encode = (value: unknown): string =>
    JSON.stringify(value, (_key, part: unknown) =>
      ArrayBuffer.isView(part) ? { typed: part.constructor.name, values: [...(part as Uint8Array)] } : part,
    )
  const kinds = { Uint8Array, Uint32Array, Float32Array }
  const revive = (text: string): unknown =>
    JSON.parse(text, (_key, part: { typed?: keyof typeof kinds; values: number[] } | null) =>
      part?.typed === undefined ? part : kinds[part.typed].from(part.values),
    )
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', (event) => {
    side.tellTest(port, encode((event as unknown as { readonly data: unknown }).data))
  })
  port1.start()
  side.posts ??= []
  side.posts[port] = (text) => port1.postMessage(revive(text))
  side.postMessage(greeting, '*', [port2])
}
