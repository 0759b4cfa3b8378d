import { beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'
import { expectNoFaults } from './expect-no-faults.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const table = () => page.getByRole('grid', { name: 'Photos' })
const inputs = (host: FakeHost, name: string) =>
  host.calls.filter((one) => one.name === `photos.${name}`).map(({ input }) => input)

function fill(count: number, judges = 1, address = ''): { host: FakeHost; address: string } {
  const host = new FakeHost(20)
  const runs = [...host.runs.values()].filter(({ status }) => status === 'completed').slice(0, judges)
  const files = Array.from({ length: count }, (_, index) => `autumn/${String(index).padStart(4, '0')}.jpg`)
  const { id } = host.photos.add(files, runs)
  return { host, address: `#/classify?batch=${id}${address}` }
}

async function open(count = 40, judges = 1, address = ''): Promise<FakeHost> {
  const filled = fill(count, judges, address)
  await openPage(filled.host, filled.address)
  await expect.element(table()).toBeVisible()
  return filled.host
}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

describe('a batch', () => {
  it('shows how far it is, can be cancelled, and goes on', async () => {
    const { host, address } = fill(40)
    host.photos.change('photos1', { status: 'running', done: 10 })
    await openPage(host, address)
    await expect.element(page.getByText('10 of 40 photos answered')).toBeVisible()
    await expect
      .element(page.getByRole('progressbar', { name: 'Photos answered' }))
      .toHaveAttribute('aria-valuenow', '25')
    host.photos.change('photos1', { done: 30 })
    await expect.element(page.getByText('30 of 40 photos answered')).toBeVisible()
    await button('Cancel').click()
    await expect.element(page.getByText(/^Cancelled: /)).toBeVisible()
    await button('Go on').click()
    await expect.element(button('Cancel')).toBeVisible()
  })

  it('says what it does before the first answer, and why it failed', async () => {
    const { host, address } = fill(3)
    host.photos.change('photos1', { status: 'running', done: 0, activity: 'Learning what the run knows' })
    await openPage(host, address)
    await expect.element(page.getByText('Learning what the run knows')).toBeVisible()
    host.photos.change('photos1', { status: 'failed', activity: null, reason: 'The weights are damaged.' })
    await expect.element(page.getByText('The weights are damaged.')).toBeVisible()
    await expect.element(button('Go on')).toBeVisible()
  })

  it('says of each run that cannot judge why', async () => {
    const { host, address } = fill(4)
    host.photos.judgeProblem = 'It takes images in colours; photos are prepared as grey. Choose another run.'
    await openPage(host, address)
    await page.getByLabelText('Second run').click()
    await expect
      .element(page.getByRole('option', { name: /it takes images in colours$/ }).first())
      .toBeVisible()
  })

  it('is judged again by other runs as a batch of its own, and one comes back by one press', async () => {
    const host = await open(4)
    await page.getByLabelText('Second run', { exact: true }).click()
    await page.getByRole('option').nth(1).click()
    await expect.poll(() => location.hash).toContain('batch=photos2')
    expect(inputs(host, 'classifyAgain')).toMatchObject([{ batchId: 'photos1', settings: {} }])
    await button('Back to before').click()
    await expect.poll(() => location.hash).toContain('batch=photos1')
  })

  it('is prepared in another way as a batch of its own', async () => {
    const host = await open(4)
    await button('Preparation').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /never/i }).first().click()
    await dialog.getByRole('button', { name: /Apply|again/i }).click()
    await expect.poll(() => location.hash).toContain('batch=photos2')
    expect(inputs(host, 'classifyAgain')).toMatchObject([
      { batchId: 'photos1', settings: { invert: 'never' } },
    ])
  })

  it('offers to test and to adapt its runs as soon as a photo has a label, and to set its limits', async () => {
    const host = await open(4)
    await expect.element(button('Test these runs')).not.toBeInTheDocument()
    host.photos.correct('photos1', [1], 'Bag')
    for (const [name, title] of [
      ['Test these runs', /Measure/],
      ['Adapt', /adapt/i],
      ['Limits', /verdict/i],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect.element(page.getByRole('dialog', { name: title })).toBeVisible()
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
      await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    }
  })

  it('goes after a question, and the page goes back to the start', async () => {
    await open(4)
    await button('Delete these photos').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect.element(page.getByRole('heading', { name: /Drop photos or a folder here/ })).toBeVisible()
    expect(location.hash).toBe('#/classify')
  })

  it('goes out as results, and as copies in folders with what was left out', async () => {
    const host = await open(4)
    await button('Export').click()
    await page.getByRole('menuitem', { name: 'As CSV' }).click()
    await expect.element(page.getByText('photos.csv is saved.')).toBeVisible()
    await button('Export').click()
    await expect.element(page.getByRole('menuitem', { name: 'IDX files…' })).toHaveAttribute('data-disabled')
    await page.getByRole('menuitem', { name: 'Sorted by answer…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Photos sorted by answer' })
    await dialog.getByLabelText('Folder').fill('"/tmp/sorted photos"')
    await dialog.getByRole('button', { name: 'Write' }).click()
    await expect.element(dialog.getByText(/3 photos were written to/)).toBeVisible()
    await dialog.getByText('one photo left out').click()
    await expect.element(dialog.getByText(/It was refused\./)).toBeVisible()
    expect(inputs(host, 'sort')).toMatchObject([{ folder: '/tmp/sorted photos', by: 'predicted' }])
  })

  it('says why nothing was written', async () => {
    const host = await open(4)
    host.refusals.set('photos.sort', 'This folder is not empty.')
    await button('Export').click()
    await page.getByRole('menuitem', { name: 'Sorted by answer…' }).click()
    await page.getByRole('dialog').getByLabelText('Folder').fill('/tmp/full')
    await page.getByRole('dialog').getByRole('button', { name: 'Write' }).click()
    await expect.element(page.getByRole('alert')).toMatchTextContent('This folder is not empty.')
  })

  it('has no serious fault for axe, with one run and with two', async () => {
    await open(20, 2, '&photo=6')
    await expect.element(page.getByText(/The runs disagree/)).toBeVisible()
    await expect.element(table().getByRole('row', { name: /0006\.jpg/ })).toBeVisible() // the grid names it as active
    await expectNoFaults()
  })
})
