import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeWorkshop, FASHION } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

const field = (name: string) => page.getByLabelText(name, { exact: true })
const plan = () => page.getByRole('region', { name: 'Runs to be made' })
const button = (name: string | RegExp) => page.getByRole('button', { name })

/** The words of every row of the plan. */
function readPlan(): string[] {
  const rows = plan().element().querySelectorAll('tbody tr:not([aria-hidden])')
  return [...rows].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim()).join(' | '),
  )
}

function callsTo(host: FakeWorkshop, name: string): unknown[] {
  return host.calls.filter((call) => call.name === name).map(({ input }) => input)
}

/** A host with which nothing is measured unasked, however slow the test goes: it never says whether anything trains. */
function makeUnmeasuredHost(): FakeWorkshop {
  const host = new FakeWorkshop()
  host.pauses.set('queue.read', new Promise(() => undefined))
  return host
}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

describe('the Experiments page', () => {
  it('makes a sweep of a typed list, and queues it with its names, tags and engine', async () => {
    const host = makeUnmeasuredHost()
    await openPage(host, '#/experiments')
    await field('Learning rate').fill('0.001, 0.01')
    await field('Seed').fill('1..2')
    await field('Tags').fill('rates, check')
    await page.getByRole('radio', { name: /^wasm/ }).click()
    await expect
      .poll(readPlan)
      .toEqual(['0.001 | 1 | new | –', '0.001 | 2 | new | –', '0.01 | 1 | new | –', '0.01 | 2 | new | –'])
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByText('4 runs are queued.')).toBeVisible()
    const [sent] = callsTo(host, 'queue.add') as [
      { engine: string; requests: { name: string; tags: string[] }[] },
    ]
    expect(sent.engine).toBe('wasm')
    expect(sent.requests.map(({ name, tags }) => [name, ...tags].join(', '))).toEqual([
      'learning rate 0.001 · seed 1, rates, check',
      'learning rate 0.001 · seed 2, rates, check',
      'learning rate 0.01 · seed 1, rates, check',
      'learning rate 0.01 · seed 2, rates, check',
    ])
    await expect.poll(readPlan).toContain('0.01 | 2 | in the queue | –')
    await expect.element(button('Queue runs')).toHaveAttribute('aria-disabled', 'true')
  })

  it.each([
    [1, 'input: one grey image'],
    [3, 'input: one image in colours'],
  ] as const)('shows what goes into the network for images of %s channels', async (channels, title) => {
    const host = new FakeWorkshop()
    host.datasets = [{ ...FASHION, channels }]
    await openPage(host, '#/experiments')
    await expect.element(page.getByTitle(title)).toBeVisible()
  })

  it('shows only the fields that the model has', async () => {
    await openPage(new FakeWorkshop(), '#/experiments')
    await expect.element(field('Channels')).toBeVisible()
    await page.getByRole('radio', { name: 'Linear' }).click()
    await expect.element(field('Channels')).not.toBeInTheDocument()
    await expect.element(field('Hidden units')).toHaveValue('10')
    await page.getByRole('radio', { name: 'ANN' }).click()
    await expect.element(field('Hidden units')).toHaveValue('128')
  })

  it('says at the field what cannot be read, and starts nothing', async () => {
    await openPage(new FakeWorkshop(), '#/experiments')
    await field('Learning rate').fill('0,01')
    await expect.element(field('Learning rate')).toHaveAttribute('aria-invalid', 'true')
    await expect
      .element(field('Learning rate'))
      .toHaveAccessibleDescription(/Cannot read 01; a comma stands between two values/)
    await expect.element(button('Queue runs')).toHaveAttribute('aria-disabled', 'true')
    await field('Learning rate').fill('')
    await userEvent.tab()
    await expect.element(field('Learning rate')).toHaveValue('0.1')
    await expect.element(button(/^Queue 1 run/)).not.toHaveAttribute('aria-disabled')
  })

  it('says why a combination cannot be, and queues the others', async () => {
    const host = new FakeWorkshop()
    await openPage(host, '#/experiments')
    await field('Kernel size').fill('3, 4')
    await expect.element(page.getByText(/A kernel of 4 x 4 has no middle/).first()).toBeVisible()
    await expect.poll(() => plan().getByText('new', { exact: true }).elements().length).toBe(1)
    await expect.element(plan().getByTitle(/has no middle/)).toBeVisible()
    await button(/^Queue 1 run/).click()
    await expect.element(page.getByText('One run is queued.')).toBeVisible()
  })

  it('skips what is done, unless it is asked for again', async () => {
    const host = new FakeWorkshop(5)
    host.done = ({ learningRate }) => (learningRate === 0.1 ? 'run-00002' : null)
    await openPage(host, '#/experiments')
    await field('Learning rate').fill('0.1, 0.01')
    await expect
      .element(page.getByRole('link', { name: 'done: open' }))
      .toHaveAttribute('href', '#/runs/run-00002')
    await expect.element(button(/^Queue 1 run/)).not.toHaveAttribute('aria-disabled')
    await button('Run again too').click()
    await expect.element(button(/^Queue 2 runs/)).not.toHaveAttribute('aria-disabled')
  })

  it('fills the form from a preset, with its note, and finds the way back', async () => {
    await openPage(new FakeWorkshop(), '#/experiments')
    await button('Presets').click()
    await button(/^Adam/).click()
    await expect.element(page.getByRole('radio', { name: 'Adam' })).toBeChecked()
    await expect.element(page.getByText(/The learning rate 0.1 is that of SGD/)).toBeVisible()
    await expect.element(page.getByText(/usually ends in one constant answer/)).toBeVisible()
    await button('Use 0.001').click()
    await expect.element(field('Learning rate')).toHaveValue('0.001')
    await button('Undo them').click()
    await expect.element(field('Learning rate')).toHaveValue('0.1')
  })

  it('offers presets once the images that they are made for are known', async () => {
    const host = new FakeWorkshop()
    const known = Promise.withResolvers<undefined>()
    host.pauses.set('datasets.list', known.promise)
    await openPage(host, '#/experiments')
    await expect.element(button('Presets')).toBeDisabled()
    await userEvent.keyboard('p')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    known.resolve(undefined)
    await button('Presets').click()
    await button(/^Adam/).click()
    await expect.element(page.getByRole('radio', { name: 'Adam' })).toBeChecked()
  })

  it('makes a whole table of the paper a sweep', async () => {
    await openPage(new FakeWorkshop(), '#/experiments')
    await button('Presets').click()
    await page
      .getByRole('region', { name: 'Table V', exact: true })
      .getByRole('button', { name: /as a sweep/ })
      .click()
    await expect.element(field('Learning rate')).toHaveValue('0.001, 0.01, 0.1')
    await expect.element(field('Epochs')).toHaveValue('8')
    await expect.poll(readPlan).toHaveLength(3)
  })

  it('lets a choice take several values', async () => {
    await openPage(makeUnmeasuredHost(), '#/experiments')
    await button('Pooling: several values').click()
    await button('Average').click()
    await expect.poll(readPlan).toEqual(['max | new | –', 'average | new | –'])
    await button('Pooling: several values').click()
    await expect.poll(readPlan).toHaveLength(1)
  })

  it('knows no cost until it is measured, then measures each engine and marks the fastest', async () => {
    const host = makeUnmeasuredHost()
    await openPage(host, '#/experiments')
    const engines = page.getByRole('radiogroup', { name: 'Engine for these runs' })
    await expect.element(engines.getByText('not measured').first()).toBeVisible()
    await button('Measure all').click()
    await expect.element(engines.getByText('10,000 img/s')).toBeVisible()
    await expect.element(engines.getByText('fastest')).toBeVisible()
    await button('Why cuda is not usable').click()
    await expect.element(engines.getByText(/Needs CUDA 11.2/)).toBeVisible()
    const [first] = callsTo(host, 'experiments.calibrate') as { engine: string }[]
    expect(first?.engine).toBe('cuda')
  })

  it('says when a measurement waits for the machine', async () => {
    const host = makeUnmeasuredHost()
    const measured = Promise.withResolvers<undefined>()
    host.pauses.set('experiments.calibrate', measured.promise)
    await openPage(host, '#/experiments')
    await button('Measure wasm').click()
    const engines = page.getByRole('radiogroup', { name: 'Engine for these runs' })
    await expect.element(engines.getByText('measuring…')).toBeVisible()
    host.announce({ type: 'calibration-progressed', engine: 'wasm', state: 'waiting' })
    await expect.element(engines.getByText('waits until the machine is free')).toBeVisible()
    host.announce({ type: 'calibration-progressed', engine: 'wasm', state: 'measuring' })
    await expect.element(engines.getByText('measuring…')).toBeVisible()
    measured.resolve(undefined)
    await expect.element(engines.getByText(/img\/s/).first()).toBeVisible()
  })

  it('measures anew for another number of threads', async () => {
    const workbench = await openPage(makeUnmeasuredHost(), '#/experiments')
    await button('Measure simd').click()
    const engines = page.getByRole('radiogroup', { name: 'Engine for these runs' })
    await expect.element(engines.getByText(/img\/s/).first()).toBeVisible()
    await workbench.settings.change({ threads: 1 })
    await expect.element(button('Measure simd')).toBeVisible()
  })

  it('measures the chosen engine by itself after a pause', async () => {
    const host = new FakeWorkshop()
    await openPage(host, '#/experiments')
    await expect.poll(() => callsTo(host, 'experiments.calibrate').length, { timeout: 6000 }).toBe(1)
    await expect.poll(readPlan).toEqual([expect.stringMatching(/^this experiment \| new \| 1\d\.\d s$/)])
  })

  it('begins with what another page has handed over', async () => {
    const host = new FakeWorkshop(3)
    const workbench = await openPage(host, '#/runs')
    const [run] = [...host.runs.values()]
    if (run === undefined) throw new Error('there are runs')
    workbench.draft.setDraft(run.experiment, run.name)
    workbench.route.go('#/experiments')
    await expect.element(page.getByText(`from ${run.name}`)).toBeVisible()
    await expect.element(field('Learning rate')).toHaveValue(String(run.experiment.learningRate))
    await expect.element(field('Seed')).toHaveValue(String(run.experiment.seed))
  })

  it('keeps what was typed when the window is loaded again', async () => {
    const workbench = await openPage(new FakeWorkshop(), '#/experiments')
    await field('Learning rate').fill('0.2, 0.3')
    workbench.connection.end()
    const { form } = await openPage(new FakeWorkshop(), '#/experiments')
    await expect.poll(() => form.textOf('learningRate')).toBe('0.2, 0.3')
  })

  it('says when there is nothing to train on, and when that cannot be known', async () => {
    const host = new FakeWorkshop()
    host.datasets = []
    await openPage(host, '#/experiments')
    await expect.element(page.getByText('There is no dataset to train on')).toBeVisible()
    host.refusals.set('datasets.list', 'The data folder cannot be read.')
  })

  it('tells in place why a queue did not take the runs', async () => {
    const host = new FakeWorkshop()
    host.refusals.set('queue.add', 'The disk is full: 3 MB are missing.')
    await openPage(host, '#/experiments')
    await button(/^Queue 1 run/).click()
    await expect.element(page.getByText('The disk is full: 3 MB are missing.')).toBeVisible()
    await expect.element(button(/^Queue 1 run/)).not.toHaveAttribute('aria-disabled')
  })
})
