import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { QualityProgress } from '#shared/quality.ts'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'

const ADDRESS = '#/datasets/sketches/quality'
const tab = (name: RegExp) => page.getByRole('tab', { name })
const row = (name: RegExp) => page.getByRole('row', { name })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const findings = () => page.getByRole('grid', { name: 'Findings' })

async function open(host = new FakeHost(), address = ADDRESS) {
  await openPage(host, address)
  await expect.element(page.getByRole('heading', { name: /^Quality of Sketches/ })).toBeVisible()
  return host
}

async function focusFindings(): Promise<void> {
  await expect.element(findings()).toBeVisible()
  ;(findings().element() as HTMLElement).focus()
}

/** Hundreds of likely label errors. */
async function openMany(): Promise<void> {
  const host = new FakeHost()
  const many = Array.from({ length: 400 }, (_, at) => ({
    ...{ image: at, given: 6, suggested: at % 6, givenProbability: 0.1, suggestedProbability: 0.8 },
    score: 0.7,
  }))
  host.quality.findings = { ...host.quality.findings, labels: many }
  await open(host, `${ADDRESS}?kind=labels`)
  await focusFindings()
}

/** As on a machine that draws a few pictures a second. */
class LateObserver extends ResizeObserver {
  constructor(callback: ResizeObserverCallback) {
    super((entries, observer) => setTimeout(() => callback(entries, observer), 250))
  }
}

function progress(stage: QualityProgress['stage'], share: number, detail = ''): QualityProgress {
  return { stage, share, detail }
}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})
afterEach(() => vi.unstubAllGlobals())

describe('The quality board', () => {
  it('counts each kind, names leakage, and says who judged the labels and how', async () => {
    await open()
    await expect.element(tab(/Duplicates 2/)).toHaveAttribute('aria-selected', 'true')
    await expect.element(tab(/groups, 1 in both splits/)).toBeVisible()
    await expect.element(row(/train 10/).getByText('In both splits')).toBeVisible()
    await expect.element(row(/train 30/).getByText('Labels differ')).toBeVisible()
    await expect.element(page.getByText(/^Judged out of fold: 4 networks/)).toBeVisible()
  })

  it('shows given and suggested labels with their probabilities, the surest first', async () => {
    await open()
    await tab(/Likely label errors/).click()
    const rows = findings().getByRole('row')
    await expect
      .element(rows.nth(0))
      .toMatchTextContent(/train 40.*Given.*Shirt.*1\.0 %.*Suggested.*T-shirt\/top.*98\.0 %/)
    await expect.element(rows.nth(1)).toMatchTextContent(/test 41/)
    await expect.element(rows.nth(0)).toMatchTextContent(/never trained on this picture/)
    expect(location.hash).toContain('kind=labels')
  })

  it('shows an outlier beside three typical images of its class', async () => {
    await open()
    await tab(/Outliers/).click()
    const typical = page.getByRole('group', { name: /Three typical images of Sneaker/ })
    await expect.poll(() => typical.getByRole('link').elements().length).toBe(3)
    await expect.element(row(/train 50/)).toMatchTextContent(/2\.8 times as far away/)
  })

  it('filters by split and class, keeps that in the address, and offers a way back from nothing', async () => {
    await open()
    await tab(/Likely label errors/).click()
    await page.getByRole('radio', { name: 'Test', exact: true }).click()
    await expect.element(page.getByText('1 of 3')).toBeVisible()
    await page.getByLabelText('Class', { exact: true }).click()
    await page.getByRole('option', { name: 'Trouser' }).click()
    await expect.element(page.getByText('No finding fits the filter')).toBeVisible()
    expect(location.hash).toContain('split=test')
    await button('Clear the filter').click()
    await expect.element(page.getByText('3 found')).toBeVisible()
  })

  it('marks by one key, and undoes by the message and by a key', async () => {
    const host = await open()
    await tab(/Likely label errors/).click()
    await focusFindings()
    await userEvent.keyboard('{ArrowDown}w')
    await expect.element(row(/train 40/).getByText('→ T-shirt/top')).toBeVisible()
    await userEvent.keyboard('{ArrowDown}x')
    await expect.element(row(/test 41/).getByText('excluded')).toBeVisible()
    expect(host.quality.marks).toEqual([
      { image: 40, label: 0, excluded: false, note: '' },
      { image: 341, label: null, excluded: true, note: '' },
    ])
    await expect.poll(() => page.getByRole('button', { name: 'Undo', exact: true }).elements().length).toBe(1)
    await button('Undo').click()
    await expect.element(row(/test 41/).getByText('excluded')).not.toBeInTheDocument()
    await focusFindings()
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.poll(() => host.quality.marks).toEqual([])
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
    await expect.element(row(/train 40/).getByText('→ T-shirt/top')).toBeVisible()
  })

  it('marks all that are chosen at once, as one change', async () => {
    const host = await open()
    await tab(/Likely label errors/).click()
    await focusFindings()
    await userEvent.keyboard('{Control>}a{/Control}')
    await expect.element(page.getByText('3 chosen')).toBeVisible()
    await button(/^Take suggestions/).click()
    await expect
      .poll(() => host.quality.marks.map(({ image, label }) => [image, label]))
      .toEqual([
        [40, 0],
        [42, 4],
        [341, 4],
      ])
    await button('Undo').click()
    await expect.poll(() => host.quality.marks).toEqual([])
  })

  it('chooses from one finding to another by a press and a press with Shift', async () => {
    await open()
    await tab(/Likely label errors/).click()
    await row(/train 40/).click({ position: { x: 300, y: 4 } })
    await row(/train 42/).click({ position: { x: 300, y: 4 }, modifiers: ['Shift'] })
    await expect.element(page.getByText('3 chosen')).toBeVisible()
  })

  it('goes on from where a finding was that its mark has taken out of the list', async () => {
    const host = await open(undefined, `${ADDRESS}?kind=labels&marked=open`)
    await focusFindings()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}x')
    await expect.element(row(/test 41/)).not.toBeInTheDocument()
    await userEvent.keyboard(' {ArrowDown}x')
    await expect.poll(() => host.quality.marks.map(({ image }) => image)).toEqual([42, 341])
    await expect.element(row(/train 40/)).toBeVisible()
    await expect.element(page.getByText('1 chosen')).not.toBeInTheDocument()
  })

  it('takes a label, an exclusion and a note in a dialog', async () => {
    const host = await open()
    await tab(/Little information/).click()
    await focusFindings()
    await userEvent.keyboard('{ArrowDown}e')
    const dialog = page.getByRole('dialog', { name: 'Mark train 60' })
    await dialog.getByLabelText('Note').fill('blank: =1+1')
    await dialog.getByRole('checkbox').click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() => host.quality.marks)
      .toEqual([{ image: 60, label: null, excluded: true, note: 'blank: =1+1' }])
    await expect.element(row(/train 60/).getByText('blank: =1+1')).toBeVisible()
  })

  it('keeps the note that is being written while marks are changed elsewhere', async () => {
    const host = await open()
    await tab(/Little information/).click()
    await focusFindings()
    await userEvent.keyboard('{ArrowDown}e')
    const note = page.getByRole('dialog', { name: 'Mark train 60' }).getByLabelText('Note')
    await note.fill('blank at')
    host.quality.marks = [{ image: 60, label: null, excluded: true, note: 'from elsewhere' }]
    host.announce({ type: 'marks-changed', datasetHash: host.datasetHash })
    await expect.element(row(/train 60/).getByText('from elsewhere')).toBeInTheDocument()
    await expect.element(note).toHaveValue('blank at')
  })

  it('opens the images of a finding among the images of the dataset', async () => {
    await open()
    await focusFindings()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await expect.poll(() => location.hash).toMatch(/^#\/datasets\/sketches\?.*images=10(,|%2C)320/)
    await expect.element(page.getByRole('region', { name: 'Image train 10' })).toBeVisible()
  })

  it('says what it is for where nothing was looked through, and starts with the judge that is chosen', async () => {
    const host = new FakeHost(3)
    host.quality.setAbsent()
    await open(host)
    await expect.element(page.getByText('Not looked through yet')).toBeVisible()
    await button('Look through the images').first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
    await expect.element(page.getByText('Waiting until the run that trains has ended')).toBeVisible()
    host.announce({
      type: 'quality-progressed',
      datasetId: 'sketches',
      progress: progress('training', 0.4, 'Network 2 of 4'),
    })
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40')
    await expect.element(page.getByText('Network 2 of 4')).toBeVisible()
    expect(host.calls.filter(({ name }) => name === 'quality.compute').map(({ input }) => input)).toEqual([
      { datasetId: 'sketches', directory: null, runId: null, again: false },
    ])
    await button('Cancel').click()
    await expect.element(page.getByText('Not looked through yet')).toBeVisible()
  })

  it('keeps what was found in sight while it is looked through again, and says why that failed', async () => {
    const host = await open()
    host.quality.state = { ...host.quality.state, work: { progress: progress('duplicates', 0.5) } }
    host.announce({ type: 'quality-changed', datasetId: 'sketches' })
    await expect.element(page.getByText('Comparing all images with each other')).toBeVisible()
    await expect.element(row(/train 10/)).toBeVisible()
    host.quality.state = { ...host.quality.state, work: null, failure: 'The disk is full.' }
    host.announce({ type: 'quality-changed', datasetId: 'sketches' })
    await expect.element(page.getByText(/has failed: The disk is full\./)).toBeVisible()
  })

  it('does not show what was found of other images', async () => {
    const host = new FakeHost()
    host.quality.state = { ...host.quality.state, state: 'other-data' }
    await open(host)
    await expect.element(page.getByText('The images have changed')).toBeVisible()
    await expect.element(findings()).not.toBeInTheDocument()
  })

  it('says when it cannot be read, and tries again', async () => {
    const host = new FakeHost()
    host.refusals.set('quality.read', 'The data folder cannot be read.')
    await open(host)
    await expect.element(page.getByText('The data folder cannot be read.')).toBeVisible()
    host.refusals.clear()
    await button('Try again').click()
    await expect.element(tab(/Duplicates/)).toBeVisible()
  })

  it('scrolls through hundreds of findings with few of them in the document', async () => {
    await openMany()
    await userEvent.keyboard('{End}')
    await expect.element(row(/test 99/)).toBeVisible()
    expect(findings().getByRole('row').elements().length).toBeLessThan(60)
  })

  it('goes to the last of them also where rows are measured late', async () => {
    vi.stubGlobal('ResizeObserver', LateObserver)
    await openMany()
    await userEvent.keyboard('{End}')
    await expect.element(row(/test 99/)).toBeVisible()
  })
})
