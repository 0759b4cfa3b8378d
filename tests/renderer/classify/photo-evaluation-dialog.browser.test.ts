import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import PhotoEvaluationDialog from '../../../src-renderer/pages/classify/PhotoEvaluationDialog.svelte'
import { CLASSES } from '../fake-photo-rows.ts'
import { FakeHost } from '../fake-host.ts'
import { expectNoFaults } from './expect-no-faults.ts'
import { openDialog } from './open-dialog.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const asked = (host: FakeHost) =>
  host.calls
    .filter(({ name }) => name === 'photos.evaluate')
    .map(({ input }) => (input as { runIds: string[] }).runIds)

/** Photos whose first `labelled` are labelled as they were predicted, but for every fourth. */
async function open(labelled = 24, host = new FakeHost(20), runCount = 2) {
  const runs = [...host.runs.values()].filter(({ status }) => status === 'completed')
  const files = Array.from({ length: 40 }, (_, number) => `${number}.jpg`)
  const { id } = host.photos.add(files, runs.slice(0, runCount))
  for (let number = 0; number < labelled; number++)
    host.photos.correct(id, [number], CLASSES[(number + (number % 4 === 3 ? 1 : 0)) % 10] ?? '')
  const batch = host.photos.find(id)
  const dialog = await openDialog(host, PhotoEvaluationDialog, { batch })
  return { host, batch, runs, ...dialog }
}

describe('The dialog that measures on labelled photos', () => {
  it('measures the runs of the batch one after the other, with interval, gap and what was left out', async () => {
    const { host, batch } = await open()
    const ids = batch.runs.map(({ runId }) => runId)
    await button('Measure 2 runs').click()
    await expect.poll(() => asked(host)).toEqual(ids.map((runId) => [runId]))
    const row = page.getByRole('table').first().getByRole('row').nth(1)
    // 24 labelled, number 12 refused: 17 of 23 are as predicted.
    await expect
      .element(row)
      .toMatchTextContent(/17 of 23.*73\.9 %.*63\.9 to 83\.9 %.*points (below|above).*1$/)
    await expect.element(page.getByText(/With 23 photos the accuracy is known only roughly/)).toBeVisible()
    await expect.element(page.getByText(/The two runs are not shown to differ/)).toBeVisible()
  })

  it('says which photos no run can get right, and counts none of them as wrong', async () => {
    const host = new FakeHost(20)
    const { batch } = await open(20, host)
    host.photos.correct(batch.id, [30, 31], 'not-a-garment')
    expect(host.photos.find(batch.id)).toMatchObject({ labelled: 22, wrong: batch.wrong })
    await button('Measure 2 runs').click()
    await expect
      .element(page.getByText('2 photos of not-a-garment are left out: the runs do not know that class.'))
      .toBeVisible()
  })

  it('shows the confusion matrix of the run that one chooses', async () => {
    const { batch } = await open()
    await button('Measure 2 runs').click()
    const second = batch.runs[1]?.name ?? ''
    await page.getByLabelText('Run', { exact: true }).click()
    await page.getByRole('option', { name: second }).last().click()
    await expect
      .element(page.getByText(`23 labelled photos, judged by ${second}`, { exact: false }))
      .toBeVisible()
  })

  it('chooses runs by keys alone, eight at most', async () => {
    const { host, batch } = await open(24, new FakeHost(60))
    await expect.element(page.getByRole('searchbox', { name: 'Find a run' })).toBeVisible()
    await userEvent.keyboard('{Tab}{Tab}')
    await expect.element(page.getByRole('searchbox', { name: 'Find a run' })).toHaveFocus()
    const boxes = page.getByRole('checkbox')
    await expect.poll(() => boxes.elements().length).toBeGreaterThan(9)
    for (let more = 0; more < 8; more++) await userEvent.keyboard(more < 2 ? '{Tab}' : '{Tab} ')
    await expect.element(page.getByText('At most 8 runs at once.')).toBeVisible()
    await expect.element(boxes.nth(8)).toBeDisabled()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => asked(host).length).toBe(8)
    expect(asked(host).slice(0, 2)).toEqual(batch.runs.map(({ runId }) => [runId]))
  })

  it('finds runs by their names', async () => {
    const { runs } = await open(24, new FakeHost(60))
    await page.getByRole('searchbox', { name: 'Find a run' }).fill('no such run')
    await expect.element(page.getByText('No run is called that.')).toBeVisible()
    await page.getByRole('searchbox', { name: 'Find a run' }).fill(runs.at(-1)?.name ?? '')
    await expect.element(page.getByRole('checkbox').first()).toBeVisible()
  })

  it('can be cancelled: what is measured stays', async () => {
    const host = new FakeHost(60)
    let release = (): void => undefined
    const { batch } = await open(24, host)
    const held = new Promise<void>((resolve) => (release = resolve))
    host.holds.set('photos.evaluate', () => (asked(host).length === 2 ? held : Promise.resolve()))
    await button('Measure 2 runs').click()
    await expect.element(page.getByText(`Measuring ${batch.runs[1]?.name ?? ''}, 2 of 2…`)).toBeVisible()
    await expect
      .element(page.getByRole('progressbar', { name: 'Measuring' }))
      .toHaveAttribute('aria-valuenow', '50')
    await button('Cancel').click()
    release()
    await expect.element(button('Measure 2 runs')).toBeEnabled()
    expect(page.getByRole('table').first().getByRole('row').elements().length).toBe(2)
  })

  it('says which run could not be measured, and why', async () => {
    const host = new FakeHost(20)
    host.refusals.set('photos.evaluate', 'Its weights are gone.')
    const { batch } = await open(24, host)
    await button('Measure 2 runs').click()
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent(`${batch.runs[0]?.name ?? ''} could not be measured: Its weights are gone.`)
  })

  it('says what to do where nothing is labelled', async () => {
    await open(0)
    await expect.element(page.getByText(/No photo of this batch has a label yet/)).toBeVisible()
    await expect.element(button(/^Measure/)).toBeDisabled()
  })

  it('has no faults for axe', async () => {
    await open()
    await button('Measure 2 runs').click()
    await expect.element(page.getByText('Which classes are taken for which')).toBeVisible()
    await expectNoFaults()
  })
})
