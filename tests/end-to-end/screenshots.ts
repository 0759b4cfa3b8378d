// Pictures of every page, light and dark, for the README and for looking at:
// `node tests/end-to-end/screenshots.ts <folder>`. Real runs are made for them; Fashion-MNIST is used where it is.
import { join, resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import type { Client } from '#shared/client.ts'
import { completeExperiment, type NewExperiment } from '#shared/experiment.ts'
import { CHROMIUM_FLAGS, provideChromium } from '../chromium.ts'
import { FASHION_MNIST_FOLDER } from '../reference.ts'
import { openContract } from './contract-client.ts'
import { makeHome, startServing } from './serve-process.ts'
import { fillForm, goTo, openPalette, rowsOfEpochs, rowsOfRuns } from './workbench-actions.ts'

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const
const THEMES = ['light', 'dark'] as const
const PATIENCE_MS = 120_000

const DATASET = FASHION_MNIST_FOLDER === null ? 'sketches' : 'fashion-mnist'
const TRAIN_COUNT = DATASET === 'sketches' ? 10_000 : 60_000

const folder = resolve(process.argv[2] ?? 'out/screenshots')
const executablePath = provideChromium(print)
const { home, remove } = await makeHome()
const serving = await startServing(home)
const browser = await chromium.launch({
  args: [...CHROMIUM_FLAGS],
  ...(executablePath === null ? {} : { executablePath }),
})
try {
  const { client, close } = await openContract(serving.address)
  const page = await browser.newPage({ viewport: SIZES[0] })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(serving.address)
  await goTo(page, 'Runs')
  await take(page, 'first-start')
  if (FASHION_MNIST_FOLDER !== null)
    await client.datasets.add({ folder: FASHION_MNIST_FOLDER, id: null, name: null })
  await makeRuns(client)
  await takeExperiments(page)
  await takeRuns(page)
  await takeComparison(page)
  await takePhotos(page)
  for (const name of ['Datasets', 'Settings'] as const) {
    await goTo(page, name)
    await page.getByRole('button', { name: 'Checking…' }).waitFor({ state: 'hidden' })
    await take(page, name.toLowerCase())
  }
  await takeImages(page)
  await takePaper(page)
  await takeLiveRun(page, client)
  close()
} finally {
  await browser.close()
  await serving.stop()
  await remove()
}

/** A sweep of six, and one network with figures worth looking at; ends when all are trained. */
async function makeRuns(client: Client): Promise<void> {
  const sketches = makeRequest('Sketches: a first try', ['try'], {
    ...{ dataset: 'sketches', model: { name: 'linear' }, trainImages: 2000, epochs: 5 },
  })
  const sweep = [0.01, 0.1, 0.3].flatMap((learningRate) =>
    [1, 2].map((seed) =>
      makeRequest(`learning rate ${learningRate} · seed ${seed}`, ['rates'], {
        ...{ dataset: DATASET, model: { name: 'mlp' }, trainImages: 5000, epochs: 8, learningRate, seed },
      }),
    ),
  )
  const network = makeRequest('TinyVGG, 5,000 images', ['network', 'to keep'], {
    ...{ dataset: DATASET, model: { name: 'tiny-vgg' }, trainImages: 5000, epochs: 8, learningRate: 0.1 },
  })
  const { runIds } = await client.queue.add({ requests: [sketches, ...sweep, network], engine: 'auto' })
  const last = runIds.at(-1) ?? ''
  await client.runs.annotate({
    runId: last,
    changes: { starred: true, notes: 'Shirts are still taken for T-shirts.' },
  })
  for await (const event of await client.events({})) {
    if (event.type === 'queue-changed' && event.queue.current === null && event.queue.waiting.length === 0)
      break
  }
}

function makeRequest(name: string, tags: string[], settings: NewExperiment) {
  const count = settings.dataset === 'sketches' ? 10_000 : TRAIN_COUNT
  return { name, experiment: completeExperiment(settings, count), directory: null, tags }
}

async function takeExperiments(page: Page): Promise<void> {
  await goTo(page, 'Experiments')
  await fillForm(page, {
    dataset: DATASET === 'sketches' ? 'Sketches' : 'Fashion-MNIST',
    model: 'TinyVGG',
    texts: { 'Training images': '5000', 'Learning rate': '0.01, 0.03, 0.1', Seed: '1..3', Epochs: '8' },
  })
  await page.getByRole('button', { name: 'Measure all' }).click()
  await page.getByRole('button', { name: 'Stop measuring' }).waitFor({ state: 'hidden' })
  // The engine that is chosen is measured by itself, last.
  await page
    .getByRole('region', { name: 'Runs to be made' })
    .getByRole('cell', { name: / s$/ })
    .first()
    .waitFor()
  await page.getByRole('textbox', { name: 'Learning rate' }).focus()
  await take(page, 'experiments')
  await openPalette(page)
  await page.keyboard.type('rate')
  await take(page, 'palette')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Presets' }).click()
  await take(page, 'presets')
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor()
  await take(page, 'shortcuts')
  await page.keyboard.press('Escape')
}

async function takeRuns(page: Page): Promise<void> {
  await goTo(page, 'Runs')
  await take(page, 'runs')
  await page.getByRole('button', { name: /^Group/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Learning rate', exact: true }).click()
  await page.keyboard.press('Escape')
  await take(page, 'runs-grouped')
  await rowsOfRuns(page).filter({ hasText: 'TinyVGG' }).first().dblclick()
  await rowsOfEpochs(page).nth(7).waitFor()
  await take(page, 'run')
  await page.getByRole('link', { name: 'Look at the mistakes' }).click()
  await page.getByRole('button', { name: 'Ask the run and fit its temperature' }).click()
  await page.getByRole('region', { name: 'Temperature' }).getByRole('table').waitFor()
  await take(page, 'evaluation')
  await page.getByRole('region', { name: 'Reliability' }).scrollIntoViewIfNeeded()
  await take(page, 'evaluation-confidence')
  await page.goBack()
  await page.getByRole('link', { name: 'Look inside' }).click()
  await page.getByRole('img', { name: /^Occlusion for / }).waitFor()
  await page.getByRole('button', { name: /^conv_1_2, map 3/ }).click()
  await page
    .getByRole('table', { name: /^Kernel for / })
    .first()
    .waitFor()
  await take(page, 'inside')
}

/** Every trained run of Fashion-MNIST beside the first, from the table down to the points. */
async function takeComparison(page: Page): Promise<void> {
  await goTo(page, 'Runs')
  for (const name of ['learning rate 0.01 · seed 1', 'learning rate 0.3 · seed 1', 'TinyVGG, 5,000 images'])
    await page.getByRole('checkbox', { name: `Choose ${name}` }).click()
  await page.getByRole('button', { name: /^Compare/ }).click()
  await page.getByText('Noise floor:').waitFor()
  await take(page, 'compare')
  await page.getByRole('region', { name: 'Confusion' }).scrollIntoViewIfNeeded()
  await take(page, 'compare-curves')
  await page.getByRole('region', { name: 'Points' }).scrollIntoViewIfNeeded()
  await take(page, 'compare-points')
}

/** The images of a dataset, one of them large, and its board before anyone has looked. */
async function takeImages(page: Page): Promise<void> {
  await page.evaluate(`location.hash = '#/datasets/${DATASET}'`)
  await page.getByRole('grid', { name: /images/i }).waitFor()
  await take(page, 'images')
  await page.getByRole('button', { name: /^Open/ }).click()
  await page.getByRole('region', { name: /^Image / }).waitFor()
  await take(page, 'image')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Quality board' }).click()
  await page.getByRole('heading', { name: 'Not looked through yet' }).waitFor()
  await take(page, 'quality-empty')
}

async function takePaper(page: Page): Promise<void> {
  await goTo(page, 'Paper')
  const sketches = page.getByRole('button', { name: 'Use Sketches' })
  await page
    .getByRole('region', { name: /^Table I:/ })
    .or(sketches)
    .waitFor()
  await take(page, 'paper')
}

/** The sample photos, judged by the newest run and by another one beside it. */
async function takePhotos(page: Page): Promise<void> {
  await goTo(page, 'Classify')
  await page.getByRole('button', { name: 'Classify the sample Dress' }).first().waitFor()
  await take(page, 'classify-start')
  await page.getByRole('button', { name: 'Classify all samples' }).click()
  await page.getByText('done', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Show what it rests on' }).click()
  await page.getByRole('img', { name: /the parts marked/ }).waitFor()
  await take(page, 'classify')
  await page.getByLabel('Second run').click()
  await page.getByRole('option').nth(1).click()
  await page
    .getByRole('region', { name: /^Answer of / })
    .nth(1)
    .waitFor()
  await page.getByText('done', { exact: true }).waitFor()
  await take(page, 'classify-two-runs')
}

/** In the middle of its training. */
async function takeLiveRun(page: Page, client: Client): Promise<void> {
  const request = makeRequest('TinyVGG, while it trains', ['network'], {
    ...{ dataset: DATASET, model: { name: 'tiny-vgg' }, trainImages: 5000, epochs: 40, learningRate: 0.1 },
  })
  const { runIds } = await client.queue.add({ requests: [request], engine: 'auto' })
  await page.evaluate(`location.hash = '#/runs/${runIds[0] ?? ''}'`)
  await rowsOfEpochs(page).nth(2).waitFor()
  await take(page, 'run-training')
  await goTo(page, 'Experiments')
  await take(page, 'experiments-training')
}

/** In both themes and sizes, each as `name-theme-WxH.png`. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(700, 899) // where nothing is that lights up
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme })
      await page.evaluate('document.fonts.ready.then(() => new Promise(requestAnimationFrame))')
      const path = join(folder, `${name}-${colorScheme}-${size.width}x${size.height}.png`)
      await page.screenshot({ path, animations: 'disabled' })
    }
  }
  await page.setViewportSize(SIZES[0])
  print(name)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
