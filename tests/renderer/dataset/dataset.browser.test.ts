import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeImages } from '../fake-images.ts'
import { makeRuns } from '../fake-runs.ts'
import { AVAILABLE, DAMAGED, FakeWorkshop, FASHION } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

const grid = () => page.getByRole('grid', { name: /^Images of/ })
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const count = (text: string | RegExp) => page.getByRole('search', { name: 'Images' }).getByText(text)
const opened = (name: string) => page.getByRole('region', { name: `Image ${name}` })

/** Runs of the fake dataset, whose content hash the images answer with. */
function hostWithRuns(): FakeWorkshop {
  const host = new FakeWorkshop(makeRuns(6))
  for (const run of host.runs.values())
    host.runs.set(run.id, { ...run, archived: false, dataset: { ...run.dataset, hash: '0'.repeat(64) } })
  return host
}

const evaluated = (host: FakeWorkshop) =>
  [...host.runs.values()].filter(({ evaluation }) => evaluation !== null)

async function open(host = new FakeWorkshop(), address = '#/datasets/fashion-mnist'): Promise<FakeWorkshop> {
  await openPage(host, address)
  return host
}

beforeEach(() => localStorage.clear())

describe('the page of a dataset', () => {
  it('is reached from the list, and says what is in it', async () => {
    await open(new FakeWorkshop(), '#/datasets')
    await page
      .getByRole('article', { name: 'Fashion-MNIST' })
      .getByRole('link', { name: 'Look at the images' })
      .click()
    await expect.element(page.getByRole('heading', { level: 1, name: 'Fashion-MNIST' })).toBeVisible()
    await expect.element(page.getByText('300 training + 100 test images, 28 × 28')).toBeVisible()
    await expect.element(grid()).toBeVisible()
    await expect.element(count('400 images')).toBeVisible()
  })

  it('shows beside the grid an image that passes the filter', async () => {
    await open()
    const shown = page.getByRole('region', { name: 'The image that the keyboard is on' })
    await expect.element(shown.getByText(/^train 0/)).toBeVisible()
    await button(/^Test 100/).click()
    await expect.element(count('100 of 400 images')).toBeVisible()
    await expect.element(shown.getByText('test 0', { exact: true })).toBeVisible()
  })

  it('narrows by counts, as chips that can go, and keeps all of it in the address', async () => {
    await open()
    await button(/^Test 100/).click()
    await expect.element(count('100 of 400 images')).toBeVisible()
    await button(/^Sandal/).click()
    await button(/^Coat/).click()
    await expect.element(count('20 of 400 images')).toBeVisible()
    expect(location.hash).toContain('split=test')
    expect(location.hash).toMatch(/class=5%2C4/)
    await expect.element(button(/^Sandal/)).toHaveAttribute('aria-pressed', 'true')
    await button('Remove the filter class Sandal or Coat').click()
    await expect.element(count('100 of 400 images')).toBeVisible()
    await button('Clear all').click()
    await expect.element(count('400 images')).toBeVisible()
    expect(location.hash).toBe('#/datasets/fashion-mnist')
  })

  it('shows what an address asks for', async () => {
    const host = await open(
      new FakeWorkshop(),
      '#/datasets/fashion-mnist?split=test&class=3&sort=-brightness&zoom=4',
    )
    await expect.element(count('10 of 400 images')).toBeVisible()
    await expect.element(page.getByLabelText('Size of the images')).toHaveValue('4')
    const asked = host.images.calls.findLast(({ name }) => name === 'select')
    expect(asked?.input).toMatchObject({
      filter: { splits: ['test'], classes: [3] },
      order: { by: 'brightness', descending: true },
    })
  })

  it('says when no image fits, and clears the filter', async () => {
    await open(new FakeWorkshop(), '#/datasets/fashion-mnist?images=0&class=5')
    await expect.element(page.getByRole('heading', { name: 'No image is like that' })).toBeVisible()
    await button('Clear the filter').click()
    await expect.element(count('400 images')).toBeVisible()
  })

  it('asks a run: right or wrong, how sure, and sorts its mistakes', async () => {
    const host = hostWithRuns()
    await open(host)
    const [run] = evaluated(host)
    await page.getByLabelText('Run whose answers are shown').click()
    await page
      .getByRole('option', { name: run?.name ?? '', exact: false })
      .first()
      .click()
    await expect.element(count('100 of 400 images')).toBeVisible()
    await button(/^wrong/).click()
    const wrong = Array.from({ length: 100 }, (_, index) => 300 + index).filter(
      (image) => image % 7 === 0,
    ).length
    await expect.element(count(`${wrong} of 400 images`)).toBeVisible()
    await page.getByLabelText('At least').fill('90')
    await userEvent.keyboard('{Enter}')
    await expect.element(button(/Remove the filter confidence 90 to 100 %/)).toBeVisible()
    expect(location.hash).toContain('outcome=wrong')
    expect(location.hash).toContain('confidence=0.9-1')
    await userEvent.keyboard('{Tab}')
    await grid().click({ position: { x: 40, y: 40 } })
    await expect.element(page.getByRole('gridcell')).toMatchTextContent(/wrongly taken for/)
  })

  it('opens an image by Enter, goes on by arrows, shows values by V, and comes back by Escape', async () => {
    await open()
    await expect.element(grid()).toBeVisible()
    await userEvent.keyboard('g')
    await expect.element(grid()).toHaveFocus()
    await userEvent.keyboard('{ArrowRight}{Enter}')
    await expect.element(opened('train 1')).toBeVisible()
    await expect.element(opened('train 1')).toHaveFocus()
    await expect.element(page.getByText('2 of 400')).toBeVisible()
    await userEvent.keyboard('{ArrowRight}')
    await expect.element(opened('train 2')).toBeVisible()
    expect(location.hash).toContain('image=2')
    await userEvent.keyboard('v')
    await expect.element(button(/^Pixel values/)).toHaveAttribute('aria-pressed', 'true')
    await userEvent.keyboard('{Escape}')
    await expect.element(opened('train 2')).not.toBeInTheDocument()
    await expect.element(grid()).toHaveFocus()
    await expect.element(page.getByRole('gridcell')).toMatchTextContent(/^train 2, /)
  })

  it('shows neighbours in both splits, which open, and sorts by likeness', async () => {
    const host = await open(new FakeWorkshop(), '#/datasets/fashion-mnist?image=20')
    await expect.element(opened('train 20')).toBeVisible()
    const nearest = opened('train 20').getByRole('button', { name: /^Open test/ })
    await expect.poll(() => nearest.elements().length).toBe(6)
    await nearest.first().click()
    await expect.element(page.getByRole('region', { name: /^Image test/ })).toBeVisible()
    await button('Sort by likeness to it').click()
    await expect.element(page.getByText('Most alike first')).toBeVisible()
    await expect
      .poll(() => host.images.calls.findLast(({ name }) => name === 'select')?.input)
      .toMatchObject({ order: { by: 'likeness' } })
  })

  it('lists what chosen runs said of an image', async () => {
    const host = hostWithRuns()
    const [one, other] = evaluated(host)
    await open(host, '#/datasets/fashion-mnist?image=308')
    await expect.element(page.getByText('Choose runs to see their answers side by side.')).toBeVisible()
    await button('Runs').click()
    await page
      .getByRole('menuitemcheckbox', { name: one?.name ?? '', exact: false })
      .first()
      .click()
    await page
      .getByRole('menuitemcheckbox', { name: other?.name ?? '', exact: false })
      .first()
      .click()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => page.getByRole('cell', { name: /wrong:/ }).elements().length).toBeGreaterThan(0)
    expect(location.hash).toContain('runs=')
  })

  it('draws statistics: counts, shares, brightness, and every class on average', async () => {
    await open()
    await page.getByRole('radio', { name: 'Statistics' }).click()
    await expect.element(page.getByRole('img', { name: /^Mean brightness of 400 images/ })).toBeVisible()
    await expect
      .element(page.getByRole('row', { name: /Sandal.*30.*10\.0 %.*10.*10\.0 %.*40.*10\.0 %/ }))
      .toBeVisible()
    await page.getByRole('radio', { name: 'Spread' }).click()
    await expect.element(page.getByRole('img', { name: 'Spread of Sandal' })).toBeVisible()
  })

  it('filters by flags that others have put on images', async () => {
    const host = new FakeWorkshop()
    host.images.flags.set('blank', Uint32Array.from([3, 5, 8]))
    await open(host)
    await button(/^Flag blank 3/).click()
    await expect.element(count('3 of 400 images')).toBeVisible()
    await expect.element(button('Remove the filter flag Flag blank')).toBeVisible()
  })

  it.each([
    { type: 'quality-changed', datasetId: 'fashion-mnist' },
    { type: 'marks-changed', datasetHash: '0'.repeat(64) },
  ] as const)('counts flags again at $type', async (event) => {
    const host = await open()
    await expect.element(count('400 images')).toBeVisible()
    host.images.flags.set('blank', Uint32Array.from([3, 5, 8]))
    host.announce(event)
    await expect.element(button(/^Flag blank/)).toBeVisible()
  })

  it('brings the images with a flag to the front, where there are flags', async () => {
    const host = new FakeWorkshop()
    host.images.flags.set('blank', Uint32Array.from([3, 5, 8]))
    await open(host)
    await page.getByLabelText('Order of the images').click()
    await page.getByRole('option', { name: 'With a quality flag first' }).click()
    expect(location.hash).toContain('sort=flag')
    await userEvent.keyboard('{Escape}')
    await expect
      .poll(() => host.images.calls.findLast(({ name }) => name === 'select')?.input)
      .toMatchObject({ order: { by: 'flag', descending: false } })
  })

  it('narrows to what was chosen', async () => {
    await open()
    await expect.element(grid()).toBeVisible()
    await userEvent.keyboard('g{Shift>}{ArrowRight}{ArrowRight}{/Shift}')
    await expect.element(page.getByText('3 chosen')).toBeVisible()
    await button('Show only these').click()
    await expect.element(count('3 of 400 images')).toBeVisible()
    expect(location.hash).toContain('images=0-2')
  })

  it('says what is not here, not usable, or cannot be read, and tries again', async () => {
    const host = new FakeWorkshop()
    host.datasets = [AVAILABLE, DAMAGED]
    await open(host)
    await expect.element(page.getByText(/Its files are not on this machine/)).toBeVisible()
    location.hash = '#/datasets/nowhere'
    await expect.element(page.getByRole('heading', { name: 'This dataset is not here' })).toBeVisible()
    host.images.refusal = 'train-images is 12 bytes shorter than its header says.'
    host.setDatasets([FASHION])
    location.hash = '#/datasets/fashion-mnist'
    await expect.element(page.getByText(/12 bytes shorter/)).toBeVisible()
    host.images.refusal = null
    await button('Try again').click()
    await expect.element(grid()).toBeVisible()
  })

  it('keeps what it shows when an answer is refused, and says so', async () => {
    const host = await open()
    await expect.element(grid()).toBeVisible()
    host.images.refusal = 'The disk is gone.'
    await button(/^Test 100/).click()
    const said = page.getByRole('alert').filter({ hasText: 'What is shown is the last answer' })
    await expect.element(said).toMatchTextContent(/The disk is gone\./)
    host.images.refusal = null
    await said.getByRole('button', { name: 'Try again' }).click()
    await expect.element(count('100 of 400 images')).toBeVisible()
  })

  it('stays quick with 70,000 images', async () => {
    const host = new FakeWorkshop()
    host.images = new FakeImages(60_000, 10_000)
    await open(host)
    await expect.element(count('70,000 images')).toBeVisible()
    await userEvent.keyboard('g{End}')
    await expect.element(page.getByRole('gridcell')).toMatchTextContent(/^test 9999, /)
    expect(host.images.calls.filter(({ name }) => name === 'readSheet').length).toBeLessThan(20)
  })
})
