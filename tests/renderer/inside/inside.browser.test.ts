// The inside of a network on its page: what is chosen, what is read, and that the numbers on it add up.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup } from 'vitest-browser-svelte'
import { modelSettings } from '#shared/experiment.ts'
import { openPage } from '../open-page.ts'
import { FakeHost } from '../fake-host.ts'
import { makeRuns } from '../fake-runs.ts'

afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
})

const RUN = 'run-00001'
const tile = (name: RegExp) => page.getByRole('button', { name })
const making = (name: RegExp) => page.getByRole('region', { name })
const number = (text: string | null | undefined): number =>
  Number((text ?? '').replace('−', '-').replace('+', ''))

async function open(host = new FakeHost(2), address = `#/runs/${RUN}/inside?split=test&image=3`) {
  await openPage(host, address)
  return host
}

describe('the page Inside', () => {
  it('says what was taken for what, begins with the answer’s logit, and keeps both in the address', async () => {
    await open()
    const answer = page.getByRole('region', { name: 'Image and answer' })
    await expect
      .element(answer.getByRole('heading'))
      .toMatchTextContent(/was Coat, taken for |Coat, and answered so/)
    await expect.element(answer.getByRole('img', { name: 'test 3, Coat' })).toBeVisible()
    await expect.element(making(/^How it came to be: classifier, /)).toBeVisible()
    expect(location.hash).toMatch(/split=test&image=3&stage=5&map=\d/)
  })

  it('shows every layer in words with the scale of its colours', async () => {
    await open()
    const chain = page.getByRole('region', { name: 'From the image to the answer' })
    for (const name of ['image', 'conv_1_1', 'conv_1_2', 'pool_1', 'flatten', 'classifier', 'softmax'])
      await expect.element(chain.getByRole('heading', { name, exact: true })).toBeVisible()
    await expect.element(chain.getByText('3 filters of 3 × 3, padding 1, then relu').first()).toBeVisible()
    await expect
      .element(chain.getByRole('img', { name: /^Colours of values of conv_1_1, from 0\.00 to / }))
      .toBeVisible()
    await expect
      .element(chain.getByRole('img', { name: /^Colours of values of classifier, from −/ }))
      .toBeVisible()
  })

  it('adds up: windows times kernels and bias are the value that the map shows', async () => {
    await open()
    await tile(/^conv_1_2, map 2 of 3/).click()
    const steps = making(/^How it came to be: conv_1_2, map 2 of 3/)
    await expect.element(steps.getByRole('table', { name: 'Kernel for map 3' })).toBeVisible()
    const sums = [...steps.element().querySelectorAll('tr > td.number')].map((cell) =>
      number(cell.textContent),
    )
    expect(sums).toHaveLength(3)
    const [, total, bias, sum] =
      /([+−][\d.]+) sums ([+−][\d.]+) bias = ([-−]?[\d.]+)/.exec(steps.element().textContent) ?? []
    expect(sums.reduce((all, one) => all + one, 0)).toBeCloseTo(number(total), 1)
    expect(number(total) + number(bias)).toBeCloseTo(number(sum), 1)
    const value = /→ relu → ([\d.]+)/.exec(steps.element().textContent)?.[1]
    expect(number(value)).toBeCloseTo(Math.max(0, number(sum)), 4)
    const read = steps.element().querySelector('.reader p strong')?.textContent
    expect(number(read)).toBeCloseTo(number(value), 4)
  })

  it('goes along maps and from layer to layer with the arrow keys, and reads values with them', async () => {
    await open()
    await tile(/^conv_1_1, map 1 of 3/).click()
    await userEvent.keyboard('{ArrowRight}')
    await expect.element(tile(/^conv_1_1, map 2 of 3/)).toHaveFocus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await expect.element(tile(/^pool_1, map 2 of 3/)).toHaveFocus()
    await expect.element(making(/^How it came to be: pool_1, map 2 of 3/)).toBeVisible()
    await userEvent.keyboard('{End}')
    await expect.element(tile(/^pool_1, map 3 of 3/)).toHaveAttribute('aria-pressed', 'true')
    const reader = page.getByRole('group', { name: /^pool_1, map 3: arrow keys/ })
    reader.element().focus()
    await userEvent.keyboard(
      '{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}',
    )
    await expect.element(reader).toMatchTextContent(/^row 0, column 0: [\d.]+/)
    await userEvent.keyboard('{ArrowRight}')
    await expect.element(reader).toMatchTextContent(/^row 0, column 1: /)
  })

  it('has the keyboard on the next map before the next frame is drawn', async () => {
    await open()
    await tile(/^conv_1_1, map 1 of 3/).click()
    vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0)
    await userEvent.keyboard('{ArrowRight}')
    await expect.element(tile(/^conv_1_1, map 2 of 3/)).toHaveFocus()
  })

  it('shows which value of a window was kept, and where all kept ones were', async () => {
    await open()
    await tile(/^pool_1, map 1 of 3/).click()
    const steps = making(/pool_1, map 1/)
    await expect
      .element(steps.getByRole('img', { name: /with a dot on each of the 36 values/ }))
      .toBeVisible()
    const cells = [...steps.element().querySelectorAll('td')].map((cell) => cell.title)
    const kept = steps.element().querySelector('td.kept')?.getAttribute('title')
    expect(Number(kept)).toBe(Math.max(...cells.map(Number)))
  })

  it('weighs one class against another, and the maps’ parts add up to the difference', async () => {
    await open()
    await tile(/^classifier, Shirt/).click()
    await page.getByLabelText('Compared with').click()
    await page.getByRole('option', { name: 'Coat', exact: true }).click()
    const steps = making(/^How it came to be: classifier, Shirt/)
    await expect.element(steps.getByText(/so (Shirt is ahead of Coat|Coat is ahead of Shirt)/)).toBeVisible()
    const text = steps.element().textContent
    const [, forIt, against, bias, sum] =
      /([+−][\d.]+) for it\s+([+−][\d.]+) against it\s+([+−][\d.]+) bias =\s+([-−]?[\d.]+)/.exec(text) ?? []
    expect(number(forIt) + number(against) + number(bias)).toBeCloseTo(number(sum), 1)
    const parts = [...steps.element().querySelectorAll('li > strong')].map((part) => number(part.textContent))
    expect(parts).toHaveLength(3)
    expect(parts.reduce((all, one) => all + one, 0)).toBeCloseTo(number(forIt) + number(against), 1)
  })

  it('says in words what the overlays show, for the class and layer that are chosen', async () => {
    const host = await open()
    const where = page.getByRole('region', { name: 'Where in the image' })
    await expect
      .element(where.getByRole('img', { name: /^Grad-CAM for .* in conv_1_2: strongest bottom right$/ }))
      .toBeVisible()
    await where.getByLabelText('Class', { exact: true }).click()
    await page.getByRole('option', { name: /^Bag/ }).click()
    await expect.element(where.getByRole('img', { name: /^Occlusion for Bag: / })).toBeVisible()
    const asked = host.calls.findLast(({ name }) => name === 'inspect.gradCam')
    expect(asked?.input).toMatchObject({ runId: RUN, layer: 'conv_1_2', label: 8 })
  })

  it('shows an ANN by the weights of its units, as pictures beside the image', async () => {
    const host = new FakeHost(2)
    host.inspect.model = modelSettings.parse({ name: 'mlp', hiddenUnits: [5, 4], dropout: 0.2 })
    await open(host)
    await tile(/^dense_1, unit 2 of 5/).click()
    const steps = making(/dense_1, unit 2 of 5/)
    await expect.element(steps.getByRole('img', { name: 'weights', exact: true })).toBeVisible()
    await tile(/^dense_2, unit 3 of 4/).click()
    await expect.element(making(/dense_2, unit 3/).getByText(/^For it, strongest first/)).toBeVisible()
    await expect
      .element(page.getByText('looks at the maps of a convolution, and this network has none.'))
      .toBeVisible()
  })

  it('shows of an image in colours the colour that is chosen', async () => {
    const host = new FakeHost(2)
    host.inspect.channels = 3
    await open(host)
    const blue = tile(/^image, its blue, from /)
    await blue.click()
    const steps = making(/^How it came to be: The image, its blue$/)
    await expect.element(steps.getByText(/12 × 12 × 3 numbers, one for each colour/)).toBeVisible()
    const highest = /to ([\d.]+)$/.exec(blue.element().getAttribute('aria-label') ?? '')?.[1]
    const read = steps.element().querySelector('.reader p strong')?.textContent
    expect(number(read)).toBeCloseTo(number(highest), 1)
    await tile(/^conv_1_1, map 1 of 3/).click()
    const kernel = making(/conv_1_1, map 1/)
    await expect.element(kernel.getByText(/one square for each colour of the image/)).toBeVisible()
    await expect.element(kernel.getByRole('table', { name: 'Kernel for blue' })).toBeVisible()
  })

  it('lays the parts of a unit that reads an image in colours back into its colours', async () => {
    const host = new FakeHost(2)
    host.inspect.channels = 3
    host.inspect.model = modelSettings.parse({ name: 'mlp', hiddenUnits: [5] })
    await open(host)
    await tile(/^dense_1, unit 2 of 5/).click()
    const steps = making(/dense_1, unit 2 of 5/)
    await expect.element(steps.getByRole('heading', { name: /^By the colours of the image, / })).toBeVisible()
    const names = [...steps.element().querySelectorAll('li')].map((part) => part.textContent.trim())
    expect(names.toSorted()).toEqual([
      ...['blue', 'green', 'red'].map((name) => expect.stringMatching(`^${name} [+−]`) as string),
    ])
  })

  it('says that the logits of a margin loss are no probabilities', async () => {
    const host = new FakeHost(2)
    host.inspect.loss = 'multi-margin'
    await open(host, `#/runs/${RUN}/inside?stage=6&map=4`)
    await expect
      .element(making(/softmax/).getByText(/whose logits are not meant as probabilities/))
      .toBeVisible()
  })

  it('goes to other images by keys, by number and by chance among the mistakes', async () => {
    await open()
    await expect.element(tile(/^image, the image/)).toBeVisible()
    await userEvent.keyboard('n')
    await expect.element(page.getByRole('img', { name: 'test 4, Coat' })).toBeVisible()
    await userEvent.keyboard('p')
    await expect.element(page.getByRole('img', { name: 'test 3, Coat' })).toBeVisible()
    const field = page.getByRole('spinbutton', { name: 'Number of the image' })
    await field.fill('12')
    await userEvent.keyboard('{Tab}')
    await expect.element(page.getByRole('img', { name: 'test 12, Coat' })).toBeVisible()
    await page.getByRole('button', { name: /^A random mistake/ }).click()
    await expect.poll(() => location.hash).toMatch(/image=(?!12&)\d+/)
  })

  it('of a photo shows the input, and what is not known of it', async () => {
    await open(new FakeHost(2), `#/runs/${RUN}/inside?batch=b1&photo=2`)
    await expect.element(page.getByText(/^taken for /)).toBeVisible()
    await expect.element(page.getByText(/means over several slightly turned views/)).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Images of the dataset' })).toBeVisible()
  })

  it('of a run that trains on shows the weights of the new epoch', async () => {
    const host = await open()
    await tile(/^conv_1_2, map 1 of 3/).click()
    const steps = making(/conv_1_2, map 1/)
    await expect.element(steps.getByRole('table', { name: 'Kernel for map 1' })).toBeVisible()
    host.inspect.epoch = 4
    const [metrics] = makeRuns(1)[0]?.epochs ?? []
    if (metrics === undefined) throw new Error('the first run has an epoch')
    host.announce({ type: 'epoch-completed', runId: RUN, metrics })
    await expect.element(page.getByText(/weights after epoch 4/)).toBeVisible()
    await expect.element(steps.getByRole('table', { name: 'Kernel for map 1' })).toBeVisible()
    await expect
      .poll(() => host.calls.findLast(({ name }) => name === 'inspect.readWeights')?.input)
      .toMatchObject({ epoch: 4, layer: 'conv_1_2' })
  })

  it('tells what is not there, and goes back to what is', async () => {
    await open(new FakeHost(2), `#/runs/${RUN}/inside?image=99`)
    await expect
      .element(page.getByRole('alert'))
      .toMatchTextContent(/There is no test image 99: Drawn has 50/)
    await page.getByRole('button', { name: 'The first test image' }).click()
    await expect.element(page.getByRole('img', { name: 'test 0, Coat' })).toBeVisible()
  })

  it('is reached from the run', async () => {
    await open(new FakeHost(2), `#/runs/${RUN}`)
    await page.getByRole('link', { name: 'Look inside' }).click()
    await expect.element(page.getByRole('heading', { level: 1, name: 'Inside the network' })).toBeVisible()
  })
})
