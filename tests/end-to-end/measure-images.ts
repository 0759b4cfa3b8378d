// Measures the grid on a real dataset in a real browser: `node tests/end-to-end/measure-images.ts`, after a build. Takes
// Fashion-MNIST where it is, else Sketches, and prints the lines of the table in docs/benchmarks.md.
import { readFileSync } from 'node:fs'
import { chromium, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS, provideChromium } from '../chromium.ts'
import { FASHION_MNIST_FOLDER } from '../reference.ts'
import { openContract } from './contract-client.ts'
import { makeHome, startServing } from './serve-process.ts'

const DATASET = FASHION_MNIST_FOLDER === null ? 'sketches' : 'fashion-mnist'
const ROUNDS = 5

/** In the page, as text because these sources know no DOM. Resolves when nothing in sight is missing. */
const SHOWN = `new Promise((resolve) => {
  const look = () => document.querySelector('[role=grid][aria-busy=false]') ? resolve(performance.now()) : requestAnimationFrame(look)
  look()
})`

/** From letting the mouse go until the answer is here and nothing in sight is missing. Started before the click. */
const WATCH_CLICK = `window.measured = new Promise((resolve) => addEventListener('pointerup', () => {
  const start = performance.now()
  const look = () => document.querySelector('section[aria-busy=true], [role=grid][aria-busy=true]')
    ? requestAnimationFrame(look) : resolve(performance.now() - start)
  requestAnimationFrame(() => requestAnimationFrame(look))
}, { once: true, capture: true })); 0`

/**
 * Scrolls the whole grid, so many pixels a frame. For every frame: the time to the next one, the time that the page
 * worked (from the frame's start to the first task after it was drawn), and whether something in sight was missing.
 */
const scrollAll = (pixelsPerFrame: number): string => `(async () => {
  const view = document.querySelector('[role=grid]')
  const frames = []
  const { port1, port2 } = new MessageChannel()
  const afterFrame = () => new Promise((resolve) => { port1.onmessage = resolve; port2.postMessage(0) })
  let last = await new Promise(requestAnimationFrame)
  for (let top = 0; top < view.scrollHeight - view.clientHeight; top += ${pixelsPerFrame}) {
    const now = await new Promise(requestAnimationFrame)
    const start = performance.now()
    view.scrollTop = top
    await afterFrame()
    frames.push([now - last, performance.now() - start, view.ariaBusy === 'true'])
    last = now
  }
  view.scrollTop = 0
  return frames
})()`

const executablePath = provideChromium(print)
const { home, remove } = await makeHome()
const serving = await startServing(home)
const browser = await chromium.launch({
  args: [...CHROMIUM_FLAGS, '--enable-precise-memory-info'],
  ...(executablePath === null ? {} : { executablePath }),
})
try {
  const { client, close } = await openContract(serving.address)
  if (FASHION_MNIST_FOLDER !== null)
    await client.datasets.add({ folder: FASHION_MNIST_FOLDER, id: null, name: null })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(serving.address)
  const origin = new URL(serving.address).origin
  tell('host before images are read', `${readHostMegabytes()} MB`)
  tell('first screen, dataset not read yet', await openGrid(page, origin))
  tell('first screen, dataset in memory', await openGrid(page, origin))
  await measureQueries(page)
  await measureScrolling(page, 1)
  await measureScrolling(page, 3)
  tell('page, JavaScript heap after scrolling', `${await readPageMegabytes(page)} MB`)
  tell('host after all of it', `${readHostMegabytes()} MB`)
  close()
} finally {
  await browser.close()
  await serving.stop()
  await remove()
}

/** From a fresh load of the page to the last image in sight. */
async function openGrid(page: Page, origin: string): Promise<string> {
  await page.goto('about:blank')
  await page.goto(`${origin}/#/datasets/${DATASET}?zoom=1`)
  return `${Math.round(Number(await page.evaluate(SHOWN)))} ms`
}

async function measureQueries(page: Page): Promise<void> {
  const time = async (click: () => Promise<void>): Promise<number> => {
    await page.evaluate(WATCH_CLICK)
    await click()
    return Number(await page.evaluate('window.measured'))
  }
  const shirt = page.locator('aside button', { hasText: 'Shirt' }).first()
  const filters: number[] = []
  for (let round = 0; round < 2 * ROUNDS; round++) filters.push(await time(() => shirt.click()))
  tell('filter by a class, or no more: mouse to last image in sight', median(filters))
  const orders = ['Brightest first', 'By class', 'In the order of the files'] as const
  const times = new Map<string, number[]>(orders.map((order) => [order, []]))
  for (let round = 0; round < ROUNDS; round++)
    for (const order of orders) {
      await page.getByLabel('Order of the images').click()
      times.get(order)?.push(await time(() => page.getByRole('option', { name: order }).click()))
    }
  for (const [order, all] of times) tell(`sort, ${order}: mouse to last image in sight`, median(all))
  await page.getByRole('grid').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('s')
  const start = performance.now()
  await page.waitForSelector('section[aria-busy=false] [role=grid][aria-busy=false]')
  tell('sort by likeness, with the way there and back', `${Math.round(performance.now() - start)} ms`)
}

async function measureScrolling(page: Page, zoom: number): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${new URL(serving.address).origin}/#/datasets/${DATASET}?zoom=${zoom}`)
  await page.evaluate(SHOWN)
  const frames = await page.evaluate<[number, number, boolean][]>(scrollAll(120 * zoom))
  const share = (isGood: (frame: [number, number, boolean]) => boolean): string =>
    `${((100 * frames.filter(isGood).length) / frames.length).toFixed(1)} %`
  const what = `scrolling all images at zoom ${zoom}, ${frames.length} frames`
  tell(
    `${what}: page done within 16.7 ms`,
    share(([, work]) => work <= 16.7),
  )
  tell(
    `${what}: next frame without a dropped one`,
    share(([interval]) => interval < 25),
  )
  tell(
    `${what}: nothing missing in sight`,
    share(([, , isMissing]) => !isMissing),
  )
  tell(`${what}: median work`, median(frames.map(([, work]) => work)))
}

async function readPageMegabytes(page: Page): Promise<number> {
  return Math.round(Number(await page.evaluate('performance.memory.usedJSHeapSize')) / 1e6)
}

/** What the host's process holds in memory, on Linux; NaN elsewhere. */
function readHostMegabytes(): number {
  try {
    const status = readFileSync(`/proc/${serving.pid ?? 0}/status`, 'utf8')
    return Math.round(Number(status.match(/VmRSS:\s+(\d+)/)?.[1]) / 1000)
  } catch {
    return NaN
  }
}

function median(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  return `${(sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(1)} ms`
}

function tell(what: string, figure: string): void {
  print(`| ${what} | ${figure} |`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
