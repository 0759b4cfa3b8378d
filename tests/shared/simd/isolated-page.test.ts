// The engine simd in a page of a real Chromium that is isolated from other origins: the same bits as in Node.
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from 'vite'
import { PAGE_HEADERS } from '#main/page/page-headers.ts'
import { findChromium, NO_CHROMIUM } from '../../chromium.ts'
import { openBuiltPage, type OpenedPage } from '../../trainer/serve-built-page.ts'
import { startEngine } from './engines.ts'
import type { SimdPage } from './page/main.ts'
import { trainForPage, type PageTraining } from './page/training.ts'

const MISSING = findChromium() === null ? ` (skipped: ${NO_CHROMIUM})` : ''
const KERNELS = resolve(import.meta.dirname, '../../../out/simd/kernels.wasm')

let folder = ''
let opened: OpenedPage | null = null
let expected: PageTraining

beforeAll(async () => {
  if (MISSING !== '') return
  const engine = await startEngine(2)
  expected = await trainForPage()
  engine.dispose()
  folder = await mkdtemp(join(tmpdir(), 'atelier-simd-page-'))
  const root = join(import.meta.dirname, 'page')
  const built = { outDir: folder, emptyOutDir: true, target: 'chrome140', modulePreload: { polyfill: false } }
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'warn',
    build: built,
    worker: { format: 'es' },
  })
  await copyFile(KERNELS, join(folder, 'kernels.wasm'))
  opened = await openBuiltPage(folder, 'index.html', PAGE_HEADERS)
}, 240_000)
afterAll(async () => {
  await opened?.close()
  if (folder !== '') await rm(folder, { recursive: true })
})

describe.skipIf(MISSING)(`an isolated page${MISSING}`, () => {
  it.each([1, 2, 3])(
    'trains with simd on %i threads to the bits of Node',
    { timeout: 120_000 },
    async (threads) => {
      const found = await opened?.page.evaluate(async (count) => {
        const page = globalThis as unknown as SimdPage
        return { isIsolated: page.crossOriginIsolated, training: await page.trainHere?.(count) }
      }, threads)
      expect(found).toEqual({ isIsolated: true, training: expected })
      expect(opened?.complaints).toEqual([])
    },
  )
})
