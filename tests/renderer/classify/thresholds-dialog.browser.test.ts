import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { JudgeThresholds } from '#shared/verdict.ts'
import ThresholdsDialog from '../../../src-renderer/pages/classify/ThresholdsDialog.svelte'
import { FakeHost } from '../fake-host.ts'
import { expectNoFaults } from './expect-no-faults.ts'
import { openDialog } from './open-dialog.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const field = (name: string) => page.getByRole('textbox', { name })
const sent = (host: FakeHost) =>
  host.calls.filter(({ name }) => name === 'photos.changeThresholds').map(({ input }) => input)

async function open(thresholds: JudgeThresholds | null = null, host = new FakeHost(20), runCount = 1) {
  const runs = [...host.runs.values()].filter(({ status }) => status === 'completed').slice(0, runCount)
  const added = host.photos.add(['a.jpg', 'b.jpg'], runs)
  const batch = host.photos.change(added.id, { thresholds })
  const dialog = await openDialog(host, ThresholdsDialog, { batch })
  return { host, batch, ...dialog }
}

describe('The dialog of limits', () => {
  it("begins with the first run's own limits and sends what was changed", async () => {
    const { host, batch } = await open()
    await expect.element(field('Unsure below')).toHaveValue('70')
    await expect.element(field('Probably no garment above')).toHaveValue('98')
    await expect.element(field('White on white below')).toHaveValue('6')
    await expect.element(button("Each run's own")).toBeDisabled()
    await field('Unsure below').fill('85.5')
    await button('Apply').click()
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    const thresholds = { probability: 0.855, strangeness: 0.98, contrast: 6 }
    expect(sent(host)).toEqual([{ batchId: batch.id, thresholds }])
  })

  it("begins with the batch's limits where it has some, and gives them up again", async () => {
    const { host, batch } = await open({ probability: 0.5, strangeness: 1, contrast: 0 })
    await expect.element(field('Unsure below')).toHaveValue('50')
    await expect.element(page.getByText('These limits were set for this batch by hand.')).toBeVisible()
    await button("Each run's own").click()
    await expect.poll(() => sent(host)).toEqual([{ batchId: batch.id, thresholds: null }])
  })

  it('keeps what is typed while the batch is told of anew', async () => {
    const { batch, change } = await open()
    await field('Unsure below').fill('60')
    await change({ batch: { ...batch, done: 1 } })
    await expect.element(field('Unsure below')).toHaveValue('60')
  })

  it('sends nothing that is outside of the limits', async () => {
    const { host } = await open()
    await field('Probably no garment above').fill('101')
    await expect.element(page.getByText('A number from 0 to 100.')).toBeVisible()
    await expect.element(button('Apply')).toBeDisabled()
    await userEvent.keyboard('{Enter}')
    expect(sent(host)).toEqual([])
  })

  it('says why limits could not be read', async () => {
    const host = new FakeHost(20)
    host.refusals.set('photos.readThresholds', 'The weights of this run are gone.')
    await open(null, host)
    await expect.element(page.getByRole('alert')).toHaveTextContent('The weights of this run are gone.')
    await expect.element(button('Apply')).toBeDisabled()
  })

  it('stays open and says why limits could not be changed', async () => {
    const host = new FakeHost(20)
    host.refusals.set('photos.changeThresholds', 'This batch was deleted.')
    await open(null, host)
    await field('Unsure below').fill('60')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('alert')).toHaveTextContent('This batch was deleted.')
    await expect.element(field('Unsure below')).toHaveValue('60')
  })

  it('says for how many runs the limits hold, and has no faults for axe', async () => {
    await open(null, new FakeHost(20), 3)
    await expect.element(page.getByText(/they hold for all 3 runs/)).toBeVisible()
    await expectNoFaults()
  })
})
