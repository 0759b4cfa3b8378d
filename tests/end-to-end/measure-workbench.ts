// Measures the workbench in a real browser on a real history: `npm run build && node tests/end-to-end/measure-workbench.ts
// [runs]`. Start to the first usable page, size of the page, a call's way there and back, the Runs page with 10,000 runs, and
// the page's frames while a run trains at full speed. Prints the lines of the table in docs/benchmarks.md.
import { readdirSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import { fillHistory } from '#main/made-up-history.ts'
import { openStore } from '#main/store/open-store.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { CHROMIUM_FLAGS, provideChromium } from '../chromium.ts'
import { openContract } from './contract-client.ts'
import { makeHome, startServing } from './serve-process.ts'

const RUNS = Number(process.argv[2] ?? '10000')
const ROUNDS = 5
const CALLS = 500
const FRAMES = 600
/** Until the first epochs are there and the curves are drawn. */
const SETTLING_MS = 5000
/** Of a frame at 60 a second; half a frame later is a dropped one. */
const FRAME_MS = 1000 / 60
const FIRST_RUN = '[role=grid] [role=row][aria-selected]'
const ASSETS = join(import.meta.dirname, '../../out/renderer/assets')

/** In the page, as text because these sources know no DOM: gaps between so many frames, in ms. */
const watchFrames = (count: number, step: string): string => `(async () => {
  const gaps = []
  let last = await new Promise(requestAnimationFrame)
  for (let frame = 0; frame < ${count}; frame++) {
    ${step}
    const now = await new Promise(requestAnimationFrame)
    gaps.push(now - last)
    last = now
  }
  return gaps
})()`

/** From letting key or mouse go until the next frame is drawn in which \`isDone\` holds. */
const watchFor = (event: string, isDone: string): string => `window.measured = new Promise((resolve) =>
  addEventListener(${JSON.stringify(event)}, () => {
    const start = performance.now()
    const look = () => ${isDone} ? requestAnimationFrame(() => resolve(performance.now() - start)) : requestAnimationFrame(look)
    look()
  }, { once: true, capture: true })); 0`

const executablePath = provideChromium(print)
const browser = await chromium.launch({
  args: [...CHROMIUM_FLAGS],
  ...(executablePath === null ? {} : { executablePath }),
})
print(`${cpus()[0]?.model ?? 'a processor'}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'}`)
try {
  measureSize()
  await measureStart('empty data folder', () => Promise.resolve())
  await measureStart(`${RUNS.toLocaleString('en')} runs`, fill)
  await measureLongHistory()
  await measureTraining()
} finally {
  await browser.close()
}

async function fill(directory: string): Promise<void> {
  const store = await openStore({ directory })
  await fillHistory(store, RUNS, 0, 1)
  store.close()
}

/** What the first page needs, and everything. */
function measureSize(): void {
  const index = readFileSync(join(ASSETS, '../index.html'), 'utf8')
  const sizeOf = (names: readonly string[]): string => {
    const contents = names.map((name) => readFileSync(join(ASSETS, name)))
    const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0)
    const [plain, packed] = [
      contents.map(({ length }) => length),
      contents.map((content) => gzipSync(content).length),
    ]
    return `${Math.round(sum(plain) / 1000)} kB, ${Math.round(sum(packed) / 1000)} kB compressed`
  }
  const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))
  tell('script that the page loads first', sizeOf(scripts.filter((name) => index.includes(name))))
  tell('script of all pages', sizeOf(scripts))
  tell('styles', sizeOf(readdirSync(ASSETS).filter((name) => name.endsWith('.css'))))
}

/** From starting the process to the address, and from there to the first page that can be used. */
async function measureStart(what: string, prepare: (directory: string) => Promise<void>): Promise<void> {
  const { home, remove } = await makeHome()
  await prepare(home)
  const [serving, loading, whole]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    const served = await startServing(home)
    const addressed = performance.now()
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(served.address)
    await page
      .locator(FIRST_RUN)
      .first()
      .or(page.getByRole('heading', { name: 'No run yet' }))
      .waitFor()
    const usable = performance.now()
    serving.push(addressed - start)
    loading.push(usable - addressed)
    whole.push(usable - start)
    await page.close()
    await served.stop()
  }
  await remove()
  tell(
    `start to the first usable page, ${what}`,
    `${median(whole)} (process ${median(serving)}, page ${median(loading)})`,
  )
}

async function measureLongHistory(): Promise<void> {
  const { home, remove } = await makeHome()
  await fill(home)
  const serving = await startServing(home)
  try {
    await measureCalls(serving.address)
    const page = await openPage(serving.address)
    await page.locator(FIRST_RUN).first().waitFor()
    await measureTable(page)
    await page.close()
  } finally {
    await serving.stop()
    await remove()
  }
}

async function measureCalls(address: string): Promise<void> {
  const { client, close } = await openContract(address)
  await timesOf(50, () => client.settings.read({}))
  const single = await timesOf(CALLS, () => client.settings.read({}))
  tell('a call there and back', `${median(single)}, 95th ${quantile(single, 0.95)}`)
  tell('the list of all runs there and back', median(await timesOf(ROUNDS, () => client.runs.list({}))))
  close()
}

async function measureTable(page: Page): Promise<void> {
  const sorts: number[] = []
  for (let round = 0; round < 2 * ROUNDS; round++) {
    const order = "[...document.querySelectorAll('[role=columnheader]')].map((head) => head.ariaSort).join()"
    const before = String(await page.evaluate(order))
    await page.evaluate(watchFor('pointerup', `${order} !== ${JSON.stringify(before)}`))
    await page.getByRole('columnheader', { name: 'Test accuracy' }).getByRole('button').first().click()
    sorts.push(Number(await page.evaluate('window.measured')))
  }
  tell('sort by a column: mouse to the frame that shows it', median(sorts))
  const filters: number[] = []
  const search = page.getByRole('searchbox').first()
  for (let round = 0; round < ROUNDS; round++) {
    const shown = "document.querySelector('[role=grid]')?.ariaRowCount"
    const before = String(await page.evaluate(shown))
    await page.evaluate(watchFor('input', `${shown} !== ${JSON.stringify(before)}`))
    await search.fill(round % 2 === 0 ? '99' : '')
    filters.push(Number(await page.evaluate('window.measured')))
  }
  tell('search: key to the frame that shows it', median(filters))
  await search.fill('')
  for (const pixels of [100, 400]) {
    const step = `document.querySelector('[role=grid]').scrollTop += ${pixels}`
    await page.evaluate("document.querySelector('[role=grid]').scrollTop = 0")
    const what = `scrolling ${(60 * pixels).toLocaleString('en')} pixels a second`
    tellFrames(what, await page.evaluate<number[]>(watchFrames(FRAMES, step)))
  }
}

/** A page that does nothing, then the same page while a run trains on all cores. */
async function measureTraining(): Promise<void> {
  const { home, remove } = await makeHome()
  const serving = await startServing(home)
  try {
    const { client, close } = await openContract(serving.address)
    const page = await openPage(serving.address)
    await page.getByRole('heading', { name: 'No run yet' }).waitFor()
    tellFrames('page at rest', await page.evaluate<number[]>(watchFrames(FRAMES, '')))
    const runId = await startTraining(client)
    await page.goto(`${new URL(serving.address).origin}/#/runs/${runId}`)
    await page.getByText('Images per second').first().waitFor({ timeout: 120_000 })
    await new Promise((done) => setTimeout(done, SETTLING_MS))
    tellFrames(
      'live curves while training at full speed',
      await page.evaluate<number[]>(watchFrames(FRAMES, '')),
    )
    const during = await timesOf(CALLS, () => client.settings.read({}))
    tell('a call there and back, while training', `${median(during)}, 95th ${quantile(during, 0.95)}`)
    const { epochs } = await client.runs.read({ runId })
    const speeds = epochs.map(({ imagesPerSecond }) => imagesPerSecond)
    tell('training meanwhile', `${Math.round(medianOf(speeds)).toLocaleString('en')} images/s`)
    await client.runs.cancel({ runId })
    close()
    await page.close()
  } finally {
    await serving.stop()
    await remove()
  }
}

async function startTraining({ queue }: Awaited<ReturnType<typeof openContract>>['client']): Promise<string> {
  const experiment = parseExperiment({ dataset: 'sketches', validationImages: 800, epochs: 1000 })
  const request = { name: null, experiment, directory: null, tags: [] }
  const { runIds } = await queue.add({ requests: [request], engine: 'simd' })
  return runIds[0] ?? ''
}

async function openPage(address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(address)
  return page
}

async function timesOf(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < count; round++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times
}

function tellFrames(what: string, gaps: readonly number[]): void {
  const kept = gaps.filter((gap) => gap < 1.5 * FRAME_MS).length
  tell(
    `${what}, ${gaps.length} frames`,
    `${((100 * kept) / gaps.length).toFixed(1)} % in time, 95th ${quantile(gaps, 0.95)}, longest ${quantile(gaps, 1)}`,
  )
}

function median(times: readonly number[]): string {
  return quantile(times, 0.5)
}

function medianOf(values: readonly number[]): number {
  return valueAt(values, 0.5)
}

function quantile(times: readonly number[], share: number): string {
  const value = valueAt(times, share)
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
}

function valueAt(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

function tell(what: string, figure: string): void {
  print(`| ${what} | ${figure} |`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
