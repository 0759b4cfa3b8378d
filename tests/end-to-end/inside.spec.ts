// Inside a network that was really trained: from a run and from an image to its feature maps, by mouse, and by the keyboard
// alone. On Sketches.
import { expect, type Page, test } from '@playwright/test'
import { completeExperiment } from '#shared/experiment.ts'
import { findChromium, NO_CHROMIUM } from '../chromium.ts'
import { expectAccessible, expectToFitSmallWindow } from './accessibility.ts'
import { useWorkbench } from './use-workbench.ts'

test.skip(findChromium() === null, NO_CHROMIUM)
test.describe.configure({ mode: 'serial' })

const TRAINED = { timeout: 60_000 }

let address: string
let page: Page
let problems: readonly string[]
let runId: string
const workbench = useWorkbench()

const making = (name: RegExp) => page.getByRole('region', { name })
const tile = (name: RegExp) => page.getByRole('button', { name })

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  const opened = await workbench.open()
  const { client } = opened
  address = opened.address
  const model = { name: 'tiny-vgg', channels: 4 } as const
  const settings = { dataset: 'sketches', model, epochs: 1, trainImages: 300, learningRate: 0.1 } as const
  const experiment = completeExperiment({ ...settings, validationImages: 0 }, 10_000)
  const request = { name: 'Small network', experiment, directory: null, tags: [] }
  const { runIds } = await client.queue.add({ requests: [request], engine: 'simd' })
  runId = runIds[0] ?? ''
  await expect.poll(async () => (await client.runs.read({ runId })).status, TRAINED).toBe('completed')
  ;({ page, problems } = await workbench.openPage(browser))
  await page.goto(address)
})

test.afterEach(() => expect(problems).toEqual([]))

test('by mouse: from the run to a mistake, to a map, and to the numbers behind one of its pixels', async () => {
  await open(`#/runs/${runId}`)
  await page.getByRole('link', { name: 'Look inside' }).click()
  await expect(making(/^How it came to be: classifier, /)).toBeVisible(TRAINED)
  const random = page.getByRole('button', { name: /^A random mistake/ })
  await random.click()
  await expect(random).toBeEnabled() // it is found, and asked for
  const number = await page.getByRole('spinbutton', { name: 'Number of the image' }).inputValue()
  await expect(page.getByText(`test ${number}, weights after epoch 1.`)).toBeVisible()
  await expect(page.getByRole('heading', { name: /was .+, taken for / })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Grad-CAM for .+ in conv_2_2: / })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Occlusion for .+: / })).toBeVisible()

  await tile(/^conv_1_2, map 3 of 4/).click()
  const steps = making(/^How it came to be: conv_1_2, map 3/)
  await expect(steps.getByRole('table', { name: 'Kernel for map 4' })).toBeVisible()
  const reader = steps.getByRole('group', { name: /arrow keys read values/ })
  await reader.getByRole('img').click({ position: { x: 100, y: 52 } })
  await expect(reader).toContainText('row 7, column 14:')
  const value = (await reader.getByRole('strong').textContent()) ?? ''
  await expect(steps).toContainText(`→ relu → ${value}`)
  await expect(page).toHaveURL(/stage=2&map=2/)
})

test('by the keyboard alone: along the maps, through the layers, a value, and the next image', async () => {
  await tile(/^conv_1_2, map 3 of 4/).focus()
  await page.keyboard.press('ArrowRight')
  await expect(tile(/^conv_1_2, map 4 of 4/)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(tile(/^pool_1, map 4 of 4/)).toBeFocused()
  await expect(making(/pool_1, map 4/).getByText(/Dots mark the 196 of 784 values/)).toBeVisible()
  const reader = page.getByRole('group', { name: /^pool_1, map 4: arrow keys/ })
  for (let presses = 0; presses < 20 && !(await isFocused(/^pool_1, map 4: /)); presses++)
    await page.keyboard.press('Tab')
  await expect(reader).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  const before = await reader.textContent()
  await page.keyboard.press(before?.includes('row 0,') === true ? 'ArrowDown' : 'ArrowUp')
  await expect(reader).not.toHaveText(before ?? '')
  const image = page.getByRole('spinbutton', { name: 'Number of the image' })
  const number = Number(await image.inputValue())
  await page.keyboard.press(number === 1999 ? 'p' : 'n')
  await expect(image).toHaveValue(`${number === 1999 ? number - 1 : number + 1}`)
  await expect(making(/pool_1, map 4/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1, name: 'Small network' })).toBeVisible()
})

test('an opened image of the dataset leads to it', async () => {
  await open(`#/datasets/sketches?run=${runId}&images=10005`)
  await page.getByRole('grid', { name: /^Images of/ }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const opened = page.getByRole('region', { name: 'Image test 5' })
  await opened.getByRole('link', { name: 'Look inside Small network' }).click()
  await expect(page.getByRole('img', { name: /^test 5, / })).toBeVisible()
})

test('no serious fault for axe, light or dark, and nothing wider than the smallest window', async () => {
  test.setTimeout(120_000)
  for (const [what, stage, heading] of [
    ['a convolution', 2, /^How it came to be: conv_1_2, map 2/],
    ['a class', 8, /^How it came to be: classifier, /],
    ['softmax', 9, /^How it came to be: softmax, /],
  ] as const) {
    await open(`#/runs/${runId}/inside?split=test&image=5&stage=${stage}&map=1`)
    await expect(making(heading)).toBeVisible()
    await expectAccessible(page, what)
    await expectToFitSmallWindow(page, what)
  }
})

test('an image that there is not is told, and nothing breaks', async () => {
  await open(`#/runs/${runId}/inside?split=test&image=5000`)
  await expect(page.getByRole('alert')).toContainText('There is no test image 5000')
})

async function open(hash: string): Promise<void> {
  await page.goto(`${new URL(address).origin}/${hash}`)
}

async function isFocused(label: RegExp): Promise<boolean> {
  const found = await page.evaluate(`document.activeElement?.getAttribute('aria-label') ?? ''`)
  return label.test(String(found))
}
