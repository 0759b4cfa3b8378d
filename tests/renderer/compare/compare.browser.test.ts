import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { parseExperiment } from '#shared/experiment.ts'
import type { Run } from '#shared/run.ts'
import { FakeHost } from '../fake-host.ts'
import { makeRuns } from '../fake-runs.ts'
import { openPage } from '../open-page.ts'

/** Two settings of three seeds each, on the same data: the first three linear, the others TinyVGG. */
function sweep(): Run[] {
  const complete = makeRuns(80).filter(({ evaluation }) => evaluation !== null)
  const [sample] = complete
  if (sample?.evaluation == null) throw new Error('no run of the sample is complete')
  const { evaluation } = sample
  return [8030, 8045, 8010, 8790, 8835, 8760].map((correct, index) => {
    const isLinear = index < 3
    const seed = (index % 3) + 1
    const metrics = { ...evaluation.metrics, correct, accuracy: correct / 10_000 }
    return {
      ...sample,
      id: `run-0010${index}`,
      name: `${isLinear ? 'Linear' : 'TinyVGG'} ${seed}`,
      experiment: parseExperiment({
        dataset: 'fashion-mnist',
        validationImages: 5000,
        model: { name: isLinear ? 'linear' : 'tiny-vgg' },
        seed,
      }),
      evaluation: { ...evaluation, metrics },
    }
  })
}

const IDS = [0, 1, 2, 3, 4, 5].map((index) => `run-0010${index}`)
const ALL = `#/compare?runs=${IDS.join(',')}`
const table = () => page.getByRole('region', { name: 'Runs side by side' })
const rowOf = (label: string) =>
  [...table().element().querySelectorAll('tbody tr')].find(
    (row) => row.querySelector('th')?.textContent.trim().startsWith(label) === true,
  )
const cellsOf = (label: string) =>
  [...(rowOf(label)?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent.trim())
const verdicts = () => page.getByRole('region', { name: 'Verdicts' })

beforeEach(() => localStorage.clear())

describe('the Compare page', () => {
  it('teaches what it is for while it is empty', async () => {
    await openPage(new FakeHost(sweep()), '#/compare')
    await expect.element(page.getByRole('heading', { name: 'Nothing to compare yet' })).toBeVisible()
    await expect.element(page.getByText(/press C, drag them onto Compare/)).toBeVisible()
  })

  it.each([
    ['is offered where both tell the same classes apart', true],
    ['is not offered for other classes, however many', false],
  ])('the difference of two confusion matrices %s', async (_, isSame) => {
    const [first, ...others] = sweep()
    if (first === undefined) throw new Error('there are six runs')
    const digits = first.dataset.classNames.map((_name, digit) => `${digit}`)
    const changed = others.map((run) => ({ ...run, dataset: { ...run.dataset, classNames: digits } }))
    await openPage(new FakeHost([first, ...(isSame ? others : changed)]), ALL)
    const confusion = page.getByRole('region', { name: 'Confusion' })
    const difference = confusion.getByRole('radio', { name: 'A − baseline' })
    await (isSame ? expect.element(difference).toBeEnabled() : expect.element(difference).toBeDisabled())
  })

  it('shows only the settings that differ, marks them, and tells every difference with its sign', async () => {
    await openPage(new FakeHost(sweep()), ALL)
    await expect.element(table()).toBeVisible()
    expect(rowOf('Model')).toBeDefined()
    expect(rowOf('Batch size')).toBeUndefined()
    expect(cellsOf('Model')[3]).toContain('differs')
    expect(cellsOf('Test accuracy')[0]).toBe('80.30 %')
    expect(cellsOf('Test accuracy')[3]).toContain('+7.60')
    await page.getByRole('radio', { name: 'All', exact: true }).click()
    await expect.poll(() => rowOf('Batch size')).toBeDefined()
    expect(location.hash).toContain('settings=all')
  })

  it('calls two seeds no difference shown and TinyVGG better, and keeps models and settings apart', async () => {
    await openPage(new FakeHost(sweep()), ALL)
    await expect.poll(() => cellsOf('These two models')[1]).toBe('no difference shown')
    expect(cellsOf('These two models')[3]).toBe('better')
    expect(cellsOf('This setting, over seeds').slice(1)).toEqual([
      ...['same setting', 'same setting'],
      ...['better', 'better', 'better'],
    ])
    await expect.element(verdicts().getByText(/^Noise floor: 10,000 test images cannot/)).toBeVisible()
    await expect.element(verdicts().getByText(/over the same 3 seeds, in pairs/)).toBeVisible()
  })

  it('claims nothing of a setting after a single seed', async () => {
    await openPage(new FakeHost(sweep()), `#/compare?runs=${IDS[0] ?? ''},${IDS[3] ?? ''}`)
    await expect.poll(() => cellsOf('These two models')[1]).toBe('better')
    expect(cellsOf('This setting, over seeds')[1]).toBe('too few seeds')
    await expect.element(verdicts().getByText(/One seed says nothing about a setting/)).toBeVisible()
  })

  it('changes the baseline, moves a run by keyboard and takes one out; all of it stands in the address', async () => {
    await openPage(new FakeHost(sweep()), ALL)
    await page.getByRole('button', { name: 'Make TinyVGG 1 the baseline' }).click()
    await expect.poll(() => cellsOf('Test accuracy')[0]).toContain('−7.60')
    expect(location.hash).toContain('baseline=run-00103')
    table().getByRole('link', { name: 'Linear 2' }).element().focus()
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    await expect.poll(() => decodeURIComponent(location.hash)).toContain('runs=run-00101,run-00100')
    await page.getByRole('button', { name: 'Take Linear 3 out' }).click()
    await expect.poll(() => decodeURIComponent(location.hash)).not.toContain('run-00102')
  })

  it('turns over: runs become rows', async () => {
    await openPage(new FakeHost(sweep()), `${ALL}&columns=settings`)
    await expect.element(table().getByRole('columnheader', { name: 'Test accuracy' })).toBeVisible()
    expect(table().element().querySelectorAll('tbody tr')).toHaveLength(6)
  })

  it('tells the best epoch with the split that chose it', async () => {
    await openPage(new FakeHost(sweep()), ALL)
    await page.getByRole('radio', { name: 'best' }).click()
    await expect.poll(() => rowOf('Epoch, best by validation accuracy')).toBeDefined()
    expect(location.hash).toContain('epoch=best')
  })

  it('picks runs out by brushing an axis with the keyboard', async () => {
    await openPage(new FakeHost(sweep()), ALL)
    const end = page.getByRole('slider', { name: 'Lower end of Test accuracy' })
    await expect.element(end).toBeInTheDocument()
    end.element().focus()
    for (let press = 0; press < 6; press++) await userEvent.keyboard('{PageUp}')
    await expect.element(page.getByText('3 of 6 runs')).toBeVisible()
    await page.getByRole('button', { name: 'Show all', exact: true }).click()
    await expect.element(page.getByText('3 of 6 runs')).not.toBeInTheDocument()
  })

  it('keeps the runs picked out that were pressed, while one of them changes and beside what is brushed', async () => {
    const host = new FakeHost(sweep())
    await openPage(host, ALL)
    const point = (name: RegExp) => page.getByRole('button', { name })
    const pressed = (name: RegExp) => page.getByRole('button', { name, pressed: true })
    const press = async (name: RegExp): Promise<void> => {
      await expect.element(point(name)).toBeVisible()
      point(name).element().focus()
      await userEvent.keyboard('{Enter}')
    }
    await press(/^Linear 1: /)
    await expect.element(pressed(/^Linear 1: /)).toBeVisible()
    host.change('run-00103', { name: 'TinyVGG renamed' })
    await expect.element(point(/^TinyVGG renamed: /)).toBeVisible()
    await expect.element(pressed(/^Linear 1: /)).toBeVisible()
    page.getByRole('slider', { name: 'Lower end of Test accuracy' }).element().focus()
    for (let step = 0; step < 6; step++) await userEvent.keyboard('{PageUp}')
    await expect.element(page.getByText('4 of 6 runs')).toBeVisible()
    await press(/^TinyVGG 2: /)
    await expect.element(page.getByText('3 of 6 runs')).toBeVisible()
    await page.getByRole('button', { name: 'Take Linear 1 out' }).click()
    await expect.element(page.getByText('2 of 5 runs')).toBeVisible()
    await page.getByRole('button', { name: 'Show all', exact: true }).click()
    await expect.element(page.getByText('drag over an axis to pick runs out')).toBeVisible()
  })

  it('saves with notes, renames, deletes with a way back, and opens again', async () => {
    const host = new FakeHost(sweep())
    await openPage(host, `${ALL}&axis=time`)
    await page.getByRole('button', { name: 'Save comparison' }).click()
    const needed = page.getByText('A comparison needs a name.')
    await expect.element(page.getByRole('dialog').getByRole('button', { name: 'Save' })).toBeDisabled()
    await expect.element(needed).not.toBeInTheDocument() // before anyone has typed
    await page.getByLabelText('Name').fill('L')
    await page.getByLabelText('Name').fill('')
    await expect.element(needed).toBeVisible()
    await page.getByLabelText('Name').fill('Linear or not')
    await page.getByLabelText('Notes').fill('TinyVGG wins.')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect.element(page.getByRole('heading', { level: 1, name: 'Linear or not' })).toBeVisible()
    await expect.element(page.getByText('TinyVGG wins.', { exact: true })).toBeVisible()
    expect([...host.comparisons.saved.values()][0]).toMatchObject({ runIds: IDS, view: { axis: 'time' } })
    await page.getByRole('button', { name: /^Saved/ }).click()
    await page.getByRole('button', { name: 'Delete Linear or not' }).click()
    await expect.poll(() => host.comparisons.saved.size).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => host.comparisons.saved.size).toBe(1)
  })

  it('names runs that are missing and says why runs cannot be read', async () => {
    const host = new FakeHost(sweep())
    await openPage(host, `${ALL},gone`)
    await expect.element(page.getByText("A run is missing: There is no run 'gone'.")).toBeVisible()
  })

  it('names each run that is deleted, also where two have the same name', async () => {
    const runs = sweep().map((run, index) =>
      index < 2 ? { ...run, name: 'Linear', deletedAt: new Date(0).toISOString() } : run,
    )
    await openPage(new FakeHost(runs), ALL)
    await expect.element(table()).toBeVisible()
    await expect.element(page.getByText(/^Linear · run-00100 is deleted; it stays comparable/)).toBeVisible()
    await expect.element(page.getByText(/^Linear · run-00101 is deleted; it stays comparable/)).toBeVisible()
  })

  it('says why the runs cannot be read, and reads them when asked again', async () => {
    const host = new FakeHost(sweep())
    host.refusals.set('comparisons.read', 'The history is damaged.')
    await openPage(host, ALL)
    await expect.element(page.getByText('The history is damaged.')).toBeVisible()
    host.refusals.clear()
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.element(table()).toBeVisible()
  })

  it('takes runs from the Runs page with C', async () => {
    await openPage(new FakeHost(sweep()), '#/runs')
    const grid = page.getByRole('grid', { name: 'Runs' })
    await expect.element(grid).toBeVisible()
    grid.element().focus()
    await userEvent.keyboard('{ArrowDown} {ArrowDown} ')
    await expect.element(page.getByText('2 chosen')).toBeVisible()
    await userEvent.keyboard('c')
    await expect.poll(() => location.hash).toMatch(/^#\/compare\?runs=/)
    await expect.element(table()).toBeVisible()
  })

  it('holds fifty runs', async () => {
    const runs = makeRuns(50)
    await openPage(new FakeHost(runs), `#/compare?runs=${runs.map(({ id }) => id).join(',')}`)
    await expect.poll(() => cellsOf('Model').length).toBe(50)
  })
})
