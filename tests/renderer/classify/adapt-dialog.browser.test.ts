import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import AdaptDialog from '../../../src-renderer/pages/classify/AdaptDialog.svelte'
import { FakeHost } from '../fake-host.ts'
import { expectNoFaults } from './expect-no-faults.ts'
import { openDialog } from './open-dialog.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const adapted = (host: FakeHost) =>
  host.calls.filter(({ name }) => name === 'photos.adapt').map(({ input }) => input)

/** Two batches: the one that is open, and a further one with three labels. */
async function open(
  labels: readonly string[] = ['Coat', 'Coat', 'Bag', 'Coat', 'Coat'],
  host = new FakeHost(20),
) {
  const runs = [...host.runs.values()].filter(({ status }) => status === 'completed')
  const other = host.photos.add(['summer/1.jpg', 'summer/2.jpg', 'summer/3.jpg'], runs.slice(0, 1))
  host.photos.correct(other.id, [0, 1, 2], 'Dress')
  const { id } = host.photos.add(['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg', '6.jpg'], runs.slice(1, 3))
  labels.forEach((label, number) => host.photos.correct(id, [number], label))
  const batch = host.photos.find(id)
  const dialog = await openDialog(host, AdaptDialog, { batch })
  return { host, batch, other, runs, ...dialog }
}

describe('The dialog of adapting', () => {
  it('tells the photos of each class, lines the run up, and leads to its page', async () => {
    const { host, batch } = await open()
    await expect.element(page.getByRole('heading', { name: '5 labelled photos to learn from' })).toBeVisible()
    await expect.element(page.getByText('Coat 4')).toBeVisible()
    await expect.element(page.getByText(/Fewer than 3 of Bag/)).toBeVisible()
    await expect.element(page.getByText(/on photos kept aside/)).toBeVisible()
    await button('Queue').click()
    const runId = batch.runs[0]?.runId ?? ''
    await expect
      .element(page.getByRole('link', { name: 'Open its page' }))
      .toHaveAttribute('href', `#/runs/${runId}`)
    expect(adapted(host)).toEqual([{ runId, batchIds: [batch.id] }])
  })

  it('tells how many labelled photos are no use to the run', async () => {
    await open(['Coat', 'Coat', 'Bag', 'Coat', 'not-a-garment'])
    await expect.element(page.getByRole('heading', { name: '4 labelled photos to learn from' })).toBeVisible()
    await expect.element(page.getByText(/^1 of 5 labelled photos are left out/)).toBeVisible()
  })

  it('takes other batches too, before the one that is open, and another run', async () => {
    const { host, batch, other, runs } = await open()
    await page.getByRole('checkbox', { name: /^summer/ }).click()
    await expect.element(page.getByRole('heading', { name: '8 labelled photos to learn from' })).toBeVisible()
    const [first] = runs
    await page.getByRole('radio').nth(2).click()
    await button('Queue').click()
    await expect.poll(() => adapted(host)).toEqual([{ runId: first?.id, batchIds: [other.id, batch.id] }])
  })

  it('does not ask again for every word of a batch that is at work', async () => {
    const { host, batch, change } = await open()
    await expect.element(page.getByRole('heading', { name: '5 labelled photos to learn from' })).toBeVisible()
    const asked = () => host.calls.filter(({ name }) => name === 'photos.foreseeAdaptation').length
    const before = asked()
    await change({ batch: { ...batch, done: 3 } })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(asked()).toBe(before)
  })

  it('says why a run cannot be adapted, and lines nothing up', async () => {
    const { host } = await open(['Coat', 'Bag'])
    await expect.element(page.getByText('Label more photos with classes of the run.')).toBeVisible()
    await expect.element(button('Queue')).toBeDisabled()
    expect(adapted(host)).toEqual([])
  })

  it('says what to do where nothing is labelled', async () => {
    await open([])
    await expect
      .element(page.getByText(/Label photos of this batch first, or choose another batch/))
      .toBeVisible()
    await expect.element(button('Queue')).toBeDisabled()
  })

  it('says why it could not be lined up, and may be tried again', async () => {
    const host = new FakeHost(20)
    host.refusals.set('photos.adapt', 'The queue is full.')
    await open(undefined, host)
    await button('Queue').click()
    await expect.element(page.getByRole('alert')).toHaveTextContent('The queue is full.')
    await expect.element(button('Queue')).toBeEnabled()
  })

  it('is done by keys alone', async () => {
    const { host } = await open()
    await expect.element(page.getByRole('heading', { name: '5 labelled photos to learn from' })).toBeVisible()
    ;(page.getByRole('radio').first().element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(page.getByRole('radio').nth(1)).toBeChecked()
    await expect.element(page.getByRole('heading', { name: '5 labelled photos to learn from' })).toBeVisible()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('link', { name: 'Open its page' })).toBeVisible()
    expect(adapted(host)).toHaveLength(1)
  })

  it('has no faults for axe', async () => {
    await open()
    await expect.element(page.getByRole('heading', { name: '5 labelled photos to learn from' })).toBeVisible()
    await expectNoFaults()
  })
})
