import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { makeRuns } from '../fake-runs.ts'
import { FakeWorkshop } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

const NAMES = ['first', 'second', 'third', 'fourth']

/** A host with a run that trains and others that wait. */
function makeHost(): FakeWorkshop {
  const runs = makeRuns(5).map((run, index) => ({
    ...run,
    name: index === 0 ? 'current' : (NAMES[index - 1] ?? ''),
    status: index === 0 ? ('running' as const) : ('queued' as const),
    epochs: [],
  }))
  const host = new FakeWorkshop(runs)
  const [current, ...others] = runs
  host.queue = {
    current: current?.id ?? null,
    waiting: others.map(({ id }) => ({ runId: id, engine: 'auto' })),
    held: false,
  }
  return host
}

/** Gives the current run another name. */
function nameCurrent(host: FakeWorkshop, name: string): void {
  const run = host.runs.get(host.queue.current ?? '')
  if (run !== undefined) host.runs.set(run.id, { ...run, name })
}

function readOrder(): string[] {
  const rows = page.getByRole('list', { name: 'Waiting runs' }).element().querySelectorAll('li a')
  return [...rows].map((row) => row.textContent)
}

const panel = () => page.getByRole('region', { name: 'Queue' })
const handle = (name: string) => page.getByRole('button', { name: new RegExp(`^Move ${name}`) })

function focus(name: string): void {
  const element = handle(name).element()
  if (element instanceof HTMLElement) element.focus()
}

beforeEach(() => sessionStorage.clear())

describe('the queue panel', () => {
  it('is where a link to it leads', async () => {
    await openPage(makeHost(), '#/experiments?show=queue')
    await expect.element(panel()).toHaveFocus()
  })

  it('puts runs in order by keyboard, says so, and keeps the focus', async () => {
    await openPage(makeHost(), '#/experiments')
    await expect.poll(readOrder).toEqual(['first', 'second', 'third', 'fourth'])
    focus('third')
    await userEvent.keyboard('{ArrowUp}')
    await expect.poll(readOrder).toEqual(['first', 'third', 'second', 'fourth'])
    await expect.element(page.getByText('third is now 2 of 4.')).toBeInTheDocument()
    await expect.element(handle('third')).toHaveFocus()
    await userEvent.keyboard('{End}')
    await expect.poll(readOrder).toEqual(['first', 'second', 'fourth', 'third'])
    await expect.element(handle('third')).toHaveFocus()
    await userEvent.keyboard('{Home}')
    await expect.poll(readOrder).toEqual(['third', 'first', 'second', 'fourth'])
  })

  it('puts runs in order by dragging', async () => {
    await openPage(makeHost(), '#/experiments')
    await expect.poll(readOrder).toHaveLength(4)
    await userEvent.dragAndDrop(handle('first'), handle('third'))
    await expect.poll(readOrder).toEqual(['second', 'third', 'first', 'fourth'])
  })

  it('lets a run go next, and takes one out with the Delete key', async () => {
    const host = makeHost()
    await openPage(host, '#/experiments')
    await panel().getByRole('button', { name: 'Run next' }).last().click()
    await expect.poll(readOrder).toEqual(['fourth', 'first', 'second', 'third'])
    focus('second')
    await userEvent.keyboard('{Delete}')
    await expect.poll(readOrder).toEqual(['fourth', 'first', 'third'])
    await expect.element(page.getByRole('button', { name: 'Queue again' })).toBeVisible()
  })

  it('takes a run out that was only to be trained further, as what it was, and lets it be queued so again', async () => {
    const host = makeHost()
    const second = [...host.runs.values()].find(({ name }) => name === 'second')
    if (second === undefined) throw new Error('there is a second run')
    await openPage(host, '#/experiments')
    await expect.poll(readOrder).toHaveLength(4)
    host.change(second.id, { status: 'completed' }) // as the real host does when it is taken out
    focus('second')
    await userEvent.keyboard('{Delete}')
    await expect.element(page.getByText(/it stays in the history as completed/)).toBeVisible()
    await page.getByRole('button', { name: 'Queue again' }).click()
    const { epochs } = second.experiment
    await expect
      .poll(() => host.calls.filter(({ name }) => name === 'runs.extend').map(({ input }) => input))
      .toEqual([{ runId: second.id, epochs }])
  })

  it('stops after the current run, and goes on', async () => {
    await openPage(makeHost(), '#/experiments')
    await panel().getByRole('button', { name: 'Stop after this run' }).click()
    await expect.element(panel().getByText(/nothing starts after this run/)).toBeVisible()
    await panel().getByRole('button', { name: 'Go on' }).click()
    await expect.element(panel().getByRole('button', { name: 'Stop after this run' })).toBeVisible()
  })

  it('pauses, resumes and, after a question, cancels the current run', async () => {
    const host = makeHost()
    await openPage(host, '#/experiments')
    await panel().getByRole('button', { name: 'Pause' }).click()
    await expect.element(panel().getByText(/^paused in epoch 1/)).toBeVisible()
    await panel().getByRole('button', { name: 'Resume' }).click()
    await panel().getByRole('button', { name: 'Cancel', exact: true }).click()
    expect(host.calls.some(({ name }) => name === 'runs.cancel')).toBe(false)
    await page.getByRole('button', { name: 'Cancel the run' }).click()
    await expect.poll(() => host.calls.some(({ name }) => name === 'runs.cancel')).toBe(true)
  })

  it('keeps Pause and Cancel of the current run in sight, however long its name is', async () => {
    const host = makeHost()
    nameCurrent(host, 'a name of many letters '.repeat(9).trim())
    await openPage(host, '#/experiments')
    const cancel = panel().getByRole('button', { name: 'Cancel', exact: true })
    await expect.element(cancel).toBeVisible()
    const edge = panel().element().getBoundingClientRect().right
    expect(cancel.element().getBoundingClientRect().right).toBeLessThanOrEqual(edge)
  })

  it('says what the current run waits for while it does not train yet, and offers no pause', async () => {
    const host = makeHost()
    const { current } = host.queue
    host.change(current ?? '', { status: 'queued' })
    const waitsFor = { kind: 'looking-through', datasetId: 'fashion-mnist' } as const
    host.queue = { ...host.queue, waitsFor }
    await openPage(host, '#/experiments')
    const words = /waits for the machine: the images of Fashion-MNIST are being looked through/
    await expect.element(panel().getByText(words)).toBeVisible()
    const pause = panel().getByRole('button', { name: 'Pause' })
    await expect.element(pause).not.toBeInTheDocument()
    const pages = page.getByRole('navigation', { name: 'Pages' })
    await expect.element(pages.getByText('Waits for the machine')).toBeVisible()
    location.hash = `#/runs/${current ?? ''}`
    await expect.element(page.getByRole('region', { name: 'Training' }).getByText(words)).toBeVisible()
    const { waitsFor: _, ...queue } = host.queue
    host.announce({ type: 'queue-changed', queue })
    await expect.element(pages.getByText('Waits for the machine')).not.toBeInTheDocument()
  })

  it('follows what the host announces', async () => {
    const host = makeHost()
    await openPage(host, '#/experiments')
    await expect.poll(readOrder).toHaveLength(4)
    host.announce({ type: 'queue-changed', queue: { current: null, waiting: [], held: false } })
    await expect.element(panel().getByText(/^Nothing waits/)).toBeVisible()
  })

  it('draws only the rows in sight of a long queue', async () => {
    const host = makeHost()
    const waiting = Array.from({ length: 3000 }, (_, index) => ({
      runId: `waits-${index}`,
      engine: 'auto' as const,
    }))
    host.queue = { ...host.queue, waiting }
    await openPage(host, '#/experiments')
    await expect.element(panel().getByText('3,000 waiting')).toBeVisible()
    expect(readOrder().length).toBeLessThan(40)
  })
})
