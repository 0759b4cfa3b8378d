import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { parseExperiment } from '#shared/experiment.ts'
import { FakeHost } from '../fake-host.ts'
import { makeEpoch, makeRuns } from '../fake-runs.ts'
import { openPage } from '../open-page.ts'

const grid = () => page.getByRole('grid', { name: 'Runs' })
const dialog = (name: string) => page.getByRole('dialog', { name })

beforeEach(() => localStorage.clear())

async function focusFirst(): Promise<void> {
  await expect.element(grid()).toBeVisible()
  grid().element().focus()
  await userEvent.keyboard('{ArrowDown}')
}

/** Three runs, with other hidden units each. */
async function openNetworks(address: string): Promise<void> {
  const runs = makeRuns(3).map((run, index) => {
    const hiddenUnits = [[128], [64], [128, 64]][index]
    const model = { name: 'mlp', hiddenUnits }
    return { ...run, experiment: parseExperiment({ ...run.experiment, model }) }
  })
  await openPage(new FakeHost(runs), address)
  await expect.element(grid()).toBeVisible()
}

describe('the dialog of a filter', () => {
  it('offers a value with a comma in it as one value, which finds its run', async () => {
    await openNetworks('#/runs')
    await page.getByRole('button', { name: '+ filter' }).click()
    const filter = dialog('Add a filter')
    await filter.getByLabelText('Column').click()
    await page.getByRole('option', { name: 'Hidden units' }).click()
    await filter.getByRole('button', { name: '128, 64' }).click()
    await expect.element(filter.getByRole('button', { name: '128, 64', pressed: true })).toBeVisible()
    await filter.getByRole('button', { name: 'Filter' }).click()
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '2')
    await expect.element(page.getByText('hidden-units = "128, 64"')).toBeVisible()
  })

  it('leaves such a value whole when it is opened and saved', async () => {
    await openNetworks('#/runs?where=hidden-units+%3D+%22128%2C+64%22%2C+64')
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '3')
    await page.getByRole('button', { name: /^hidden units/ }).click()
    await dialog('Change the filter').getByRole('button', { name: 'Filter' }).click()
    await expect.element(page.getByText('hidden-units = "128, 64", 64')).toBeVisible()
    await expect.element(grid()).toHaveAttribute('aria-rowcount', '3')
  })

  it.each([
    ['=', /any of them will do/],
    ['has', /any of them will do/],
    ['!=', /none of them may be it/],
  ])('says what several values mean for %s', async (sign, help) => {
    await openNetworks(`#/runs?where=hidden-units+${encodeURIComponent(sign)}+64,+5`)
    await page.getByRole('button', { name: /^hidden units/ }).click()
    await expect.element(dialog('Change the filter').getByText(help)).toBeVisible()
  })
})

describe('a dialog about runs', () => {
  it.each([
    ['the list', '#/runs', focusFirst],
    ["the run's page", '#/runs/run-00003', () => expect.element(page.getByLabelText('More')).toBeVisible()],
  ])('keeps what is being typed while the run trains, on %s', async (_, address, begin) => {
    const host = new FakeHost(3)
    const workbench = await openPage(host, address)
    await begin()
    await userEvent.keyboard('{F2}')
    const naming = dialog('Name and notes')
    await naming.getByLabelText('Name').fill('with half the rate')
    await naming.getByLabelText('Notes').fill('Begun at noon.')
    const { id, experiment, epochs } = host.find('run-00003')
    host.announce({
      type: 'epoch-completed',
      runId: id,
      metrics: makeEpoch(epochs.length + 1, 0.8, experiment, () => 0.5),
    })
    await expect.poll(() => workbench.history.find(id)?.lastEpoch?.epoch).toBe(epochs.length + 1)
    await expect.element(naming.getByLabelText('Name')).toHaveValue('with half the rate')
    await expect.element(naming.getByLabelText('Notes')).toHaveValue('Begun at noon.')
  })

  it('keeps a name that is one long word inside of itself', async () => {
    const host = new FakeHost(3)
    host.change('run-00003', { name: 'x'.repeat(200) })
    await openPage(host, '#/runs')
    await focusFirst()
    await userEvent.keyboard('t')
    await expect.element(dialog('Tags')).toBeVisible()
    const { scrollWidth, clientWidth } = dialog('Tags').element()
    expect(scrollWidth).toBe(clientWidth)
  })

  it('is about the run that it was opened for, also when that leaves the list meanwhile', async () => {
    const host = new FakeHost(3)
    host.change('run-00003', { status: 'running' })
    await openPage(host, '#/runs?where=status+%3D+running')
    await focusFirst()
    await userEvent.keyboard('{F2}')
    await dialog('Name and notes').getByLabelText('Name').fill('with half the rate')
    host.change('run-00003', { status: 'completed' })
    await expect.element(page.getByRole('heading', { name: 'No run is like that' })).toBeInTheDocument()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => host.find('run-00003').name).toBe('with half the rate')
  })

  it('keeps the name of a view while other views are kept elsewhere', async () => {
    const host = new FakeHost(3)
    const workbench = await openPage(host, '#/runs')
    await focusFirst()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save this view' }).click()
    const saving = dialog('Save this view')
    await saving.getByLabelText('Name').fill('The best')
    host.views.save({ name: 'Others', parameters: {}, arrangement: { columns: [], widths: {} } })
    await expect.poll(() => workbench.runViews.saved.length).toBe(1)
    await expect.element(saving.getByLabelText('Name')).toHaveValue('The best')
  })
})
