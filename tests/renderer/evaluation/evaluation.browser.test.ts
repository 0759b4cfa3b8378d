import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { makeReport } from '../fake-evaluations.ts'
import { makeRuns } from '../fake-runs.ts'
import { openPage } from '../open-page.ts'

const RUN_HASH = '0'.repeat(64)
const link = (name: string | RegExp) => page.getByRole('link', { name })
const button = (name: string | RegExp) => page.getByRole('button', { name })

/** A host with two completed runs on the images that it draws. */
function hostWithRuns(): { host: FakeHost; runId: string; other: string } {
  const completed = makeRuns(30).filter(({ evaluation }) => evaluation !== null)
  const runs = completed.slice(0, 2).map((run) => ({
    ...run,
    archived: false,
    experiment: { ...run.experiment, loss: 'cross-entropy' as const },
    dataset: { ...run.dataset, id: 'sketches', name: 'Drawn', hash: RUN_HASH },
  }))
  const host = new FakeHost(runs)
  host.datasetHash = RUN_HASH
  return { host, runId: runs[0]?.id ?? '', other: runs[1]?.id ?? '' }
}

beforeEach(() => localStorage.clear())

describe('the evaluation of a run', () => {
  it('opens the images of a cell, whose filter stands in the address', async () => {
    const { host, runId } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation`)
    await link(/^Shirt taken for T-shirt\/top: /)
      .first()
      .click()
    await expect
      .poll(() => location.hash)
      .toContain(`#/datasets/sketches?split=test&class=6&run=${runId}&answer=0`)
  })

  it('is walked over by arrow keys; only one cell is on the way of Tab', async () => {
    const { host, runId } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation`)
    const matrix = page.getByRole('region', { name: 'Confusion matrix' })
    await expect.element(matrix).toBeVisible()
    const cells = () => [...matrix.element().querySelectorAll('td a')] as HTMLElement[]
    expect(cells().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
    cells()[0]?.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}')
    await expect
      .poll(() => document.activeElement?.getAttribute('aria-label'))
      .toMatch(/^Pullover taken for Trouser: /)
    await userEvent.keyboard('{End}{ArrowRight}')
    await expect
      .poll(() => document.activeElement?.getAttribute('aria-label'))
      .toMatch(/^Pullover taken for Ankle boot: /)
    expect(cells().filter(({ tabIndex }) => tabIndex === 0)).toEqual([document.activeElement])
  })

  it('says of what its shares are, hides what is right, and keeps both in the address', async () => {
    const { host, runId } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation?shares=prediction&diagonal=hidden`)
    await expect
      .element(page.getByText(/Share of the images that were taken for the class \(column\)/))
      .toBeVisible()
    await expect.element(page.getByRole('checkbox', { name: 'hide what is right' })).toBeChecked()
    await expect.element(link(/^Bag taken for Bag: .*, hidden$/)).toBeInTheDocument()
    await page.getByRole('radio', { name: 'images', exact: true }).click()
    await page.getByRole('checkbox', { name: 'hide what is right' }).click()
    await expect.element(page.getByText(/Number of images\. Rows: truth/)).toBeVisible()
    expect(location.hash).toBe(`#/runs/${runId}/evaluation?shares=counts`)
  })

  it('follows an address that names other figures of the same run', async () => {
    const { host, runId } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation?shares=counts`)
    await expect.element(page.getByText(/Number of images\. Rows: truth/)).toBeVisible()
    location.hash = `#/runs/${runId}/evaluation?shares=prediction&diagonal=hidden`
    await expect.element(page.getByRole('checkbox', { name: 'hide what is right' })).toBeChecked()
    await expect.element(page.getByRole('radio', { name: '% of answer' })).toBeChecked()
    await page.getByRole('radio', { name: '% of truth' }).click()
    await expect.poll(() => location.hash).toBe(`#/runs/${runId}/evaluation?diagonal=hidden`)
  })

  it('sorts the classes by any score, the worst first', async () => {
    const { host, runId } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation`)
    const classes = page.getByRole('region', { name: 'Classes' })
    await classes.getByRole('button', { name: 'Recall' }).click()
    await expect
      .element(classes.getByRole('columnheader', { name: 'Recall' }))
      .toHaveAttribute('aria-sort', 'ascending')
    const recalls = () =>
      [...classes.element().querySelectorAll('tbody tr')].map((row) =>
        Number.parseFloat(row.querySelectorAll('td')[1]?.textContent ?? ''),
      )
    expect(recalls()).toEqual(recalls().toSorted((one, other) => one - other))
    await classes.getByRole('button', { name: 'Recall' }).click()
    expect(recalls()).toEqual(recalls().toSorted((one, other) => other - one))
  })

  it('shows the surest mistakes as pictures, each opened among all of them', async () => {
    const { host, runId } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation`)
    const strip = page.getByRole('region', { name: 'Surest mistakes' })
    await expect.element(strip.getByRole('link', { name: /^test \d+/ }).first()).toBeVisible()
    const confidences = [...strip.element().querySelectorAll('li .faint')].map((each) =>
      Number.parseFloat(each.textContent),
    )
    expect(confidences.length).toBeGreaterThan(5)
    expect(confidences).toEqual(confidences.toSorted((one, other) => other - one))
    await strip
      .getByRole('link', { name: /^test \d+/ })
      .first()
      .click()
    await expect.poll(() => location.hash).toMatch(/outcome=wrong&sort=-confidence&image=3\d\d$/)
  })

  it('measures the confidence when asked, with a way to stop, and shows what it came to', async () => {
    const { host, runId } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation`)
    await button('Ask the run and fit its temperature').click()
    await expect.element(page.getByText('Waiting until the run that trains has ended')).toBeVisible()
    const progress = { stage: 'test', share: 0.5 } as const
    host.evaluations.state = { ...host.evaluations.state, work: { progress } }
    host.announce({ type: 'evaluation-progressed', runId, progress })
    await expect.element(page.getByText('Asking for the test images')).toBeVisible()
    await button('Cancel').click()
    await button('Ask the run and fit its temperature').click()
    host.evaluations.state = { work: null, failure: null, report: makeReport(), obstacle: null }
    host.announce({ type: 'evaluation-changed', runId })
    const card = page.getByRole('region', { name: 'Temperature' })
    await expect.element(card.getByText(/It changes confidences and no answer/)).toBeVisible()
    await expect.poll(() => card.element().textContent).toMatch(/Test 1,000\s*7\.00 %\s*1\.00 %/)
    const reliability = page.getByRole('region', { name: 'Reliability' })
    await reliability.getByRole('radio', { name: 'temperature 1.44' }).click()
    await expect.element(reliability.getByRole('img', { name: /error 1\.0 %$/ })).toBeVisible()
    await reliability.getByText('The bins as a table').click()
    await expect.element(reliability.getByRole('row', { name: /^93 to 100 %/ })).toBeVisible()
  })

  it('shows the validation images once the run was asked about them', async () => {
    const { host, runId } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation?split=validation`)
    await expect.element(page.getByText('Not asked about its validation images yet')).toBeVisible()
    host.evaluations.state = { work: null, failure: null, report: makeReport(), obstacle: null }
    host.announce({ type: 'evaluation-changed', runId })
    await expect.element(page.getByText('validation images: 880 of 1,000 right, 88.00 %')).toBeVisible()
    await link(/^Shirt taken for Sneaker: 12/)
      .first()
      .click()
    await expect.poll(() => location.hash).toContain(`?split=train&class=6&run=${runId}&answer=7`)
  })

  it('compares with another run in the words of comparisons, and opens what they disagree on', async () => {
    const { host, runId, other } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation?other=${other}`)
    const panel = page.getByRole('region', { name: 'Against another run' })
    await expect.element(panel.getByText(/These two models: /)).toBeVisible()
    await expect.element(panel.getByText('both right')).toBeVisible()
    const only = panel.getByRole('link', { name: /images, only this one right$/ })
    await expect
      .element(only)
      .toHaveAttribute('href', expect.stringContaining(`run=${runId}&outcome=right&differs=${other}`))
    await expect.element(panel.getByRole('table')).toBeVisible()
  })

  it.each(['this run', 'the other run'])('compares anew when %s was trained on', async (which) => {
    const { host, runId, other } = hostWithRuns()
    await openPage(host, `#/runs/${runId}/evaluation?other=${other}`)
    const panel = page.getByRole('region', { name: 'Against another run' })
    const wrong = () => {
      const text = panel.element().querySelector('dl > div:last-child dd')?.textContent ?? ''
      return Number.parseInt(text.replaceAll(',', ''), 10)
    }
    // With the images, all of it is asked once more.
    await expect.element(page.getByRole('link', { name: /^test \d+/ }).first()).toBeVisible()
    await expect.element(panel.getByText('both wrong')).toBeVisible()
    const before = wrong()
    const changed = which === 'this run' ? runId : other
    const { evaluation } = host.find(changed)
    if (evaluation === null) throw new Error('both runs are evaluated')
    const correct = evaluation.metrics.count - 160
    host.change(changed, {
      finishedAt: '2026-12-01T10:00:00.000Z',
      evaluation: { ...evaluation, metrics: { ...evaluation.metrics, correct } },
    })
    await expect.poll(wrong).toBeLessThan(before)
  })
})

describe('an evaluation that lacks something says so', () => {
  it('where the run was not evaluated yet', async () => {
    const { host, runId } = hostWithRuns()
    host.change(runId, { status: 'interrupted', evaluation: null })
    await openPage(host, `#/runs/${runId}/evaluation`)
    await expect.element(page.getByText('Not evaluated yet')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => location.hash).toBe(`#/runs/${runId}`)
  })

  it('where its data is gone: figures stay, and open nothing', async () => {
    const { host, runId } = hostWithRuns()
    host.datasetHash = 'f'.repeat(64)
    host.images.refusal = 'There is no dataset sketches.'
    await openPage(host, `#/runs/${runId}/evaluation`)
    await expect.element(page.getByText(/cannot be shown, so figures open no pictures/)).toBeVisible()
    await expect.element(page.getByRole('region', { name: 'Confusion matrix' })).toBeVisible()
    expect(document.querySelectorAll('td a')).toHaveLength(0)
    await expect.element(page.getByText('The images are not here.')).toBeVisible()
  })

  it('where its loss gives no probabilities', async () => {
    const { host, runId } = hostWithRuns()
    host.change(runId, { experiment: { ...host.find(runId).experiment, loss: 'multi-margin' } })
    await openPage(host, `#/runs/${runId}/evaluation`)
    await expect.element(page.getByText(/The loss multi-margin gives no probabilities/)).toBeVisible()
  })

  it('where there is no such run', async () => {
    await openPage(new FakeHost(2), '#/runs/nothing/evaluation')
    await expect.element(page.getByText('This run is not here')).toBeVisible()
  })

  it('where its confidence cannot be measured, or measuring has failed', async () => {
    const { host, runId } = hostWithRuns()
    host.evaluations.state = {
      work: null,
      failure: null,
      report: null,
      obstacle: 'This run held nothing out.',
    }
    await openPage(host, `#/runs/${runId}/evaluation`)
    await expect.element(page.getByText('This run held nothing out.')).toBeVisible()
    host.evaluations.state = { work: null, failure: 'No engine starts.', report: null, obstacle: null }
    host.announce({ type: 'evaluation-changed', runId })
    await expect.element(page.getByRole('alert')).toHaveTextContent('It has failed: No engine starts.')
    await expect.element(button('Try again')).toBeVisible()
  })
})
