import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { TrainingProgress } from '#shared/run-events.ts'
import { FakeHost } from '../fake-host.ts'
import { makeEpoch, makeRuns } from '../fake-runs.ts'
import { openPage } from '../open-page.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const [completed] = makeRuns(30).filter(
  ({ status, evaluation }) => status === 'completed' && evaluation !== null,
)
const runId = completed?.id ?? ''

const progressAt = (epoch: number, batch: number): TrainingProgress => ({
  epoch,
  batch,
  batches: 430,
  loss: 0.7,
  accuracy: 0.75,
  imagesPerSecond: 9000,
  remainingMs: 61_000,
  batchLosses: [{ epoch, batch, loss: 0.7 }],
  memoryBytes: 412_000_000,
})

function liveHost(): FakeHost {
  const host = new FakeHost(30)
  host.change(runId, { status: 'running', epochs: [], evaluation: null, finishedAt: null })
  host.announce({ type: 'queue-changed', queue: { current: runId, waiting: [], held: false } })
  return host
}

beforeEach(() => localStorage.clear())

describe('a run’s page', () => {
  it('shows what it came to, with the interval, the classes and the command', async () => {
    await openPage(new FakeHost(30), `#/runs/${runId}`)
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(completed?.name ?? '')
    await expect.element(page.getByText('Test accuracy', { exact: true })).toBeVisible()
    await expect.element(page.getByRole('table').first()).toBeVisible()
    await expect.poll(() => document.querySelector('code')?.textContent).toMatch(/^atelier train --dataset /)
    await expect.element(page.getByRole('img', { name: 'Loss by epoch' })).toBeVisible()
  })

  it('says where its files lie and which checkpoints are kept', async () => {
    await openPage(new FakeHost(30), `#/runs/${runId}`)
    await expect.element(page.getByText(`/data/atelier/runs/${runId}`)).toBeVisible()
    await expect.element(page.getByText('Checkpoints (safetensors): epoch 1 (34.0 kB).')).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Copy path' })).toBeVisible()
  })

  it('is left by Escape, also before it is read', async () => {
    const host = new FakeHost(5)
    host.refusals.set('runs.read', 'The history cannot be read now.')
    await openPage(host, `#/runs/${runId}`)
    await expect.element(page.getByText('The history cannot be read now.')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => location.hash).toMatch(/^#\/runs($|\?)/)
  })

  it('takes back epochs that are trained again', async () => {
    const host = new FakeHost(30)
    await openPage(host, `#/runs/${runId}`)
    const rows = () =>
      page.getByRole('grid', { name: 'Epochs' }).element().querySelectorAll('[role=row]').length
    await expect.poll(rows).toBeGreaterThan(2)
    const run = host.find(runId)
    host.change(runId, { status: 'running', epochs: run.epochs.slice(0, 1) })
    await expect.poll(rows).toBe(2)
  })

  it('says so when there is no such run', async () => {
    await openPage(new FakeHost(2), '#/runs/nothing')
    await expect.element(page.getByText('There is no run nothing. It may have been deleted.')).toBeVisible()
    await expect.element(page.getByRole('link', { name: 'All runs' })).toBeVisible()
  })

  it('is there again when its deletion is undone elsewhere', async () => {
    const host = new FakeHost(30)
    await openPage(host, `#/runs/${runId}`)
    await button('More').click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect.element(page.getByRole('grid', { name: 'Runs' })).toBeVisible()
    location.hash = `#/runs/${runId}`
    await expect.element(page.getByText('It was deleted.')).toBeVisible()
    await button('Undo').click()
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(completed?.name ?? '')
    await expect.element(page.getByText('It was deleted.')).not.toBeInTheDocument()
  })

  it('follows the training, and shows the same after a reload in the middle', async () => {
    const host = liveHost()
    host.progress.set(runId, progressAt(2, 43))
    await openPage(host, `#/runs/${runId}`)
    const panel = page.getByRole('region', { name: 'Training' })
    await expect.element(panel.getByText('43 of 430')).toBeVisible()
    host.announce({ type: 'training-progressed', runId, progress: progressAt(2, 86) })
    await expect.element(panel.getByText('86 of 430')).toBeVisible()
    const run = host.find(runId)
    host.announce({ type: 'epoch-completed', runId, metrics: makeEpoch(1, 0.8, run.experiment, () => 0.5) })
    await expect.element(page.getByRole('grid', { name: 'Epochs' })).toHaveAttribute('aria-rowcount', '2')
  })

  it('says that it evaluates when the training is over', async () => {
    const host = liveHost()
    host.progress.set(runId, { ...progressAt(2, 430), remainingMs: 0 })
    await openPage(host, `#/runs/${runId}`)
    const panel = page.getByRole('region', { name: 'Training' })
    await expect.element(panel.getByText('evaluating')).toBeVisible()
    const pages = page.getByRole('navigation', { name: 'Pages' })
    await expect.element(pages.getByText('evaluating')).toBeVisible()
  })

  it('says of its times whether they are of one epoch or of all so far', async () => {
    const host = new FakeHost(30)
    await openPage(host, `#/runs/${runId}`)
    await expect.element(page.getByRole('columnheader', { name: 'Time so far' })).toBeInTheDocument()
    const { length } = host.find(runId).epochs
    await expect.element(page.getByText(new RegExp(`^epoch ${length}: [\\d,]+ images/s$`))).toBeVisible()
  })

  it('pauses and resumes', async () => {
    const host = liveHost()
    await openPage(host, `#/runs/${runId}`)
    await button('Pause').click()
    await expect.element(button('Resume')).toBeVisible()
    await button('Resume').click()
    await expect.element(button('Pause')).toBeVisible()
    expect(host.calls.map(({ name }) => name)).toContain('runs.resume')
  })

  it('stops only after asking, and says what is lost', async () => {
    const host = liveHost()
    await openPage(host, `#/runs/${runId}`)
    await button('Cancel').click()
    await expect.element(page.getByText(/No epoch is finished yet/)).toBeVisible()
    expect(host.find(runId).status).toBe('running')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click()
    await expect.poll(() => host.find(runId).status).toBe('cancelled')
  })

  it('says what resuming an interrupted run does, and leads on from a failed one to other settings', async () => {
    const host = new FakeHost(30)
    const { epochs } = host.find(runId)
    host.change(runId, { status: 'interrupted', reason: 'The power went.', evaluation: null })
    await openPage(host, `#/runs/${runId}`)
    await expect
      .element(page.getByText(`Resume goes on after epoch ${epochs.length}`, { exact: false }))
      .toBeVisible()
    host.change(runId, { status: 'failed', reason: 'The loss became NaN.' })
    await button('New experiment from it').click()
    await expect.poll(() => location.hash).toBe('#/experiments')
  })

  it('trains on for as many epochs as are asked for', async () => {
    const host = new FakeHost(30)
    await openPage(host, `#/runs/${runId}`)
    await button('Train on').click()
    await page.getByLabelText('More epochs').fill('0')
    await expect.element(button('Queue')).toBeDisabled()
    await page.getByLabelText('More epochs').fill('5')
    await expect
      .element(page.getByText(/^From \d+ to \d+ epochs: about .*, as it went so far\.$/))
      .toBeVisible()
    await button('Queue').click()
    await expect.poll(() => host.calls.map(({ name }) => name)).toContain('runs.extend')
  })
})

describe('The page of an adapted run', () => {
  const parentId = makeRuns(30).find(({ id }) => id !== runId)?.id ?? ''
  const panel = () => page.getByRole('region', { name: 'Adapted to photos' })

  function adaptedHost(status: 'queued' | 'completed'): FakeHost {
    const host = new FakeHost(30)
    const { experiment } = host.find(runId)
    const adaptation = { parentRunId: parentId, parentEpoch: 8, photos: '0123456789abcdef', photoCount: 76 }
    const isQueued = status === 'queued'
    host.change(runId, {
      ...{ status, experiment: { ...experiment, adaptation } },
      ...(isQueued ? { epochs: [], evaluation: null } : {}),
    })
    return host
  }

  it('names its parent and shows what was gained on photos kept aside, with intervals', async () => {
    const host = adaptedHost('completed')
    host.photos.gain = { folds: 3, count: 76, before: 20, after: 66 }
    await openPage(host, `#/runs/${runId}`)
    const name = host.find(parentId).name
    await expect.element(panel().getByRole('link', { name })).toHaveAttribute('href', `#/runs/${parentId}`)
    await expect.element(panel().getByText(/after epoch 8, with 76 labelled photos/)).toBeVisible()
    await expect.element(page.getByText(`atelier export-runs ${runId} --to ${runId}.zip`)).toBeVisible()
    await expect.element(page.getByText(/^atelier train/)).not.toBeInTheDocument()
    await expect
      .element(panel().getByRole('row', { name: /Before 20 of 76 26\.3 % 17\.7 to 37\.2 %/ }))
      .toBeVisible()
    await expect
      .element(panel().getByRole('row', { name: /After 66 of 76 86\.8 % 77\.4 to 92\.7 %/ }))
      .toBeVisible()
    await expect.element(panel().getByText(/\+60\.5 points\..*shown by McNemar/)).toBeVisible()
  })

  it('says plainly where so few photos show nothing', async () => {
    const host = adaptedHost('completed')
    host.photos.gain = { folds: 3, count: 9, before: 4, after: 6 }
    await openPage(host, `#/runs/${runId}`)
    await expect.element(panel().getByText(/\+22\.2 points\..*the difference may be chance/)).toBeVisible()
  })

  it('tells when the gain will be known, and shows it once the training has begun', async () => {
    const host = adaptedHost('queued')
    await openPage(host, `#/runs/${runId}`)
    await expect.element(panel().getByText('What it gains is measured before the first epoch.')).toBeVisible()
    host.photos.gain = { folds: 3, count: 9, before: 4, after: 6 }
    host.change(runId, { status: 'running' })
    await expect.element(panel().getByText(/\+22\.2 points/)).toBeVisible()
  })

  it('says what goes on before the first epoch', async () => {
    const host = adaptedHost('queued')
    host.change(runId, { status: 'running' })
    await openPage(host, `#/runs/${runId}`)
    await expect.element(page.getByText('The run is measuring what the adaptation gains …')).toBeVisible()
    const { experiment } = host.find(runId)
    host.change(runId, { experiment: { ...experiment, adaptation: null } })
    await expect.element(page.getByText('The run is starting the engine …')).toBeVisible()
  })

  it('is no matter for any other run', async () => {
    await openPage(new FakeHost(30), `#/runs/${runId}`)
    await expect.element(page.getByRole('heading', { name: 'Repeat it' })).toBeVisible()
    expect(panel().elements()).toEqual([])
  })
})
