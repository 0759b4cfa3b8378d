import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { describeProgress } from '../../../src-renderer/pages/paper/row-progress.ts'
import { sampleProgress } from '../../main/host/fake-trainers.ts'
import { paperEvidence, paperState, paperTraining } from '../fake-paper.ts'
import { AVAILABLE, FakeWorkshop, SKETCHES } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

const table = (name: RegExp) => page.getByRole('region', { name })
const button = (name: string | RegExp) => page.getByRole('button', { name })

async function open(host: FakeWorkshop): Promise<void> {
  await openPage(host, '#/paper')
  await expect.element(page.getByRole('heading', { name: 'Paper', level: 1 })).toBeVisible()
}

describe('the Paper page', () => {
  it('shows the printed figures, ours below them, the verdict, and what was found beside', async () => {
    const host = new FakeWorkshop()
    host.paper.state = paperState({
      evidence: [
        ...paperEvidence('I.sgd', [0.879, 0.882, 0.885]),
        ...paperEvidence('II.cross-entropy', [0.886, 0.87, 0.86]),
        ...paperEvidence('II.multi-margin', [0.8567]),
      ],
    })
    await open(host)
    const first = table(/Table I: Optimizers/)
    await expect
      .element(first.getByRole('row', { name: /SGD printed 0\.32377 88\.29 % 0\.33105 87\.92 % 40\.085/ }))
      .toBeVisible()
    await expect
      .element(first.getByRole('row', { name: /ours seeds 42 to 44 0\.33000/ }))
      .toMatchTextContent(/88\.20 %.*±0\.75.*\+0\.28/)
    await expect.element(first.getByText('agrees', { exact: true })).toBeVisible()
    expect(host.paper.asked).toHaveLength(1) // and is not asked for again while nothing changes
    await expect.element(first.getByText('Adam was given the learning rate of SGD')).toBeVisible()
    await expect.element(first.getByText('not trained yet').first()).toBeVisible()

    const second = table(/Table II/)
    await expect.element(second.getByText('within seeds', { exact: true })).toBeVisible()
    await expect.element(second.getByText(/seeds alone move ours from 86\.00 to 88\.60 %/)).toBeVisible()
    await expect.element(second.getByText('differs', { exact: true })).toBeVisible()
    await expect.element(second.getByText(/99\.67 % cannot be: with the printed loss/)).toBeVisible()
    await expect
      .element(page.getByText('Of 3 rows 1 agree, 1 within the spread of seeds, 1 differ'))
      .toBeVisible()
  })

  it('reads the tables once, also where it is shown before there is a connection', async () => {
    const host = new FakeWorkshop()
    const connected = Promise.withResolvers<undefined>()
    host.holds.set('events', () => connected.promise)
    const { client } = await openPage(host, '#/paper')
    const arrive = () => client.settings.read({}) // calls arrive in order
    await expect.element(page.getByRole('heading', { name: 'Paper', level: 1 })).toBeVisible()
    await arrive()
    expect(host.paper.asked).toHaveLength(0)
    connected.resolve(undefined)
    await expect.element(table(/Table I:/)).toBeVisible()
    await arrive()
    expect(host.paper.asked).toHaveLength(1)
  })

  it('names the runs behind a figure on demand, each a link, and opens them in Compare', async () => {
    const host = new FakeWorkshop()
    host.paper.state = paperState({ evidence: paperEvidence('I.sgd', [0.879, 0.882]) })
    await open(host)
    const runs = button('2 runs behind SGD')
    await expect.element(runs).toHaveAttribute('aria-expanded', 'false')
    await expect
      .element(page.getByRole('link', { name: 'Compare the runs of SGD' }))
      .toHaveAttribute('href', '#/compare?runs=runisgd0,runisgd1')
    await runs.click()
    await expect.element(runs).toHaveAttribute('aria-expanded', 'true')
    await expect
      .element(page.getByRole('link', { name: 'runisgd1' }))
      .toHaveAttribute('href', '#/runs/runisgd1')
    await expect.element(page.getByRole('row', { name: /^runisgd1 43/ })).toMatchTextContent(/88\.20 %/)
  })

  it('tells what is missing and what it costs before it queues, and then shows what waits', async () => {
    const host = new FakeWorkshop()
    host.paper.state = paperState({ missing: [paperTraining(['I.adam']), paperTraining(['IV.21', 'I.sgd'])] })
    await open(host)
    await expect
      .element(
        table(/Table I:/)
          .getByText('1 seed missing')
          .first(),
      )
      .toBeVisible()
    await button('Train 2 missing…').click()
    const dialog = page.getByRole('dialog')
    await expect.element(dialog).toMatchTextContent(/2 trainings are missing, 24 epochs in all/)
    await expect.element(dialog).toMatchTextContent(/about \d+ (s|min|h)/)
    expect(host.calls.map(({ name }) => name)).not.toContain('paper.queue')
    await dialog.getByRole('button', { name: 'Queue 2 runs' }).click()
    await expect.element(page.getByText('2 runs are queued.')).toBeVisible()
    await expect
      .element(
        table(/Table I:/)
          .getByText('1 seed waiting')
          .first(),
      )
      .toBeVisible()
    await expect.element(button('Nothing else is missing')).toBeDisabled()
  })

  it('follows the run that trains for a row', async () => {
    const host = new FakeWorkshop()
    const training = {
      ...paperTraining(['VI.max']),
      state: 'training',
      runId: 'run1',
      finishedEpochs: 1,
    } as const
    host.paper.state = paperState({ missing: [training] })
    await open(host)
    const sixth = table(/Table VI/)
    await expect
      .element(sixth.getByRole('link', { name: 'training seed 42, epoch 2 of 3' }))
      .toHaveAttribute('href', '#/runs/run1')
    await expect.element(sixth.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '33')
    host.paper.state = paperState({ evidence: paperEvidence('VI.max', [0.884]) })
    host.announce({ type: 'queue-changed', queue: { current: null, waiting: [], held: false } })
    await expect.element(sixth.getByText('agrees', { exact: true })).toBeVisible()
    await expect.element(sixth.getByRole('progressbar')).not.toBeInTheDocument()
  })

  it('asks for the quick version and for more seeds, and says that its figures are not the paper’s', async () => {
    const host = new FakeWorkshop()
    await open(host)
    host.paper.state = paperState({ reservation: 'A quick version with 6000 training images, not all.' })
    await page.getByRole('radio', { name: 'Quick' }).click()
    await expect.element(page.getByText(/A quick version with 6000 training images/)).toBeVisible()
    await page.getByLabelText('Seeds for longer rows').click()
    await page.getByRole('option', { name: 'long rows: 3 seeds' }).click()
    await expect
      .poll(() => host.paper.asked.at(-1))
      .toMatchObject({ quick: true, seeds: 3, longSeeds: 3, dataset: 'fashion-mnist' })
  })

  it('without Fashion-MNIST offers to get it or to use Sketches', async () => {
    const host = new FakeWorkshop()
    host.datasets = [AVAILABLE, SKETCHES]
    host.paper.state = null
    await open(host)
    await expect
      .element(page.getByRole('heading', { name: 'Fashion-MNIST is not on this machine' }))
      .toBeVisible()
    await expect.element(button('Download 30.9 MB')).toBeVisible()
    host.paper.state = paperState({ reservation: 'Trained on Sketches (generated), not on Fashion-MNIST.' })
    await button('Use Sketches').click()
    await expect.element(page.getByText(/Trained on Sketches/)).toBeVisible()
    expect(host.paper.asked.at(-1)).toMatchObject({ dataset: 'sketches', quick: true })
  })

  it('says when the tables cannot be read, and tries again', async () => {
    const host = new FakeWorkshop()
    host.refusals.set('paper.read', 'The history cannot be read.')
    await open(host)
    await expect.element(page.getByText('The history cannot be read.')).toBeVisible()
    host.refusals.clear()
    await button('Try again').click()
    await expect.element(table(/Table I:/)).toBeVisible()
  })

  it('is driven by the keyboard: a table’s link moves the focus there', async () => {
    await open(new FakeWorkshop())
    const link = page
      .getByRole('navigation', { name: 'Tables' })
      .getByRole('link', { name: 'VI Pooling layers' })
    await expect.element(link).toBeVisible()
    ;(link.element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    expect(document.activeElement?.id).toBe('table-VI')
  })
})

describe('the progress of a row', () => {
  const [row, other] = ['IV.21', 'I.adam']

  it('is nothing, a count of seeds, or the run that trains', () => {
    const waiting = paperTraining([row], { state: 'waiting', runId: 'a' })
    expect(describeProgress(row, [paperTraining([other])], null)).toBeNull()
    expect(describeProgress(row, [waiting, paperTraining([row])], null)?.words).toBe(
      '1 seed waiting, 1 seed missing',
    )
    const training = paperTraining([row], { state: 'training', runId: 'a', finishedEpochs: 2 })
    expect(describeProgress(row, [training], null)).toMatchObject({
      words: 'training seed 42, epoch 3 of 21',
      share: 2 / 21,
    })
    expect(describeProgress(row, [training], sampleProgress(3, 200))).toMatchObject({ share: 2.5 / 21 })
    const paused = { ...training, state: 'paused' } as const
    expect(describeProgress(row, [paused], null)).toMatchObject({
      isPaused: true,
      words: 'paused seed 42, epoch 3 of 21',
    })
  })
})
