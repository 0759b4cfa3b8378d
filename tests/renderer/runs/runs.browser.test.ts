import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'

const grid = () => page.getByRole('grid', { name: 'Runs' })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const shownRows = () => [
  ...grid().element().querySelectorAll<HTMLElement>('[role=row][aria-rowindex]:not([aria-rowindex="1"])'),
]
const column = (key: string, at: number) => {
  const heads = [...grid().element().querySelectorAll('[role=columnheader]')].map((head) =>
    head.textContent.trim(),
  )
  return shownRows()[at]?.children[heads.findIndex((head) => head.startsWith(key))]?.textContent.trim()
}

/** Chooses a file, as the dialog of the browser does. */
function takeIn(file: File): void {
  const chooser = document.querySelector<HTMLInputElement>('input[aria-label="File of runs"]')
  if (chooser === null) throw new Error('there is a chooser')
  const files = new DataTransfer()
  files.items.add(file)
  chooser.files = files.files
  chooser.dispatchEvent(new Event('change', { bubbles: true }))
}

beforeEach(() => localStorage.clear())

describe('the Runs page', () => {
  it('says what to do while there is none', async () => {
    await openPage(new FakeHost(0), '#/runs')
    await expect.element(page.getByRole('heading', { name: 'No run yet' })).toBeVisible()
    await expect
      .element(page.getByRole('link', { name: 'Set up an experiment' }))
      .toHaveAttribute('href', '#/experiments')
  })

  it('counts 10,000 runs, holds only those in sight, and reaches the last one', async () => {
    const host = new FakeHost(10_000)
    const archived = [...host.runs.values()].filter((run) => run.archived).length
    await openPage(host, '#/runs')
    await expect.element(grid()).toHaveAttribute('aria-rowcount', String(10_001 - archived))
    expect(shownRows().length).toBeLessThan(80)
    grid().element().focus()
    await userEvent.keyboard('{End}')
    await expect
      .poll(() => shownRows().some((row) => row.getAttribute('aria-rowindex') === String(10_001 - archived)))
      .toBe(true)
  })

  it('sorts by a press, by a second column with Shift, and keeps it in the address', async () => {
    await openPage(new FakeHost(60), '#/runs')
    await button('Test accuracy').click()
    await button('Test accuracy').click()
    const [first, second] = [column('Test accuracy', 0), column('Test accuracy', 1)].map((text) =>
      Number.parseFloat(text ?? ''),
    )
    expect(first).toBeGreaterThanOrEqual(second ?? 100)
    await userEvent.keyboard('{Shift>}')
    await button('Seed').click()
    await userEvent.keyboard('{/Shift}')
    await expect.poll(() => decodeURIComponent(location.hash)).toContain('sort=-testAccuracy,seed')
  })

  it('filters in writing, shows it as a chip, and says what was not understood', async () => {
    const host = new FakeHost(80)
    await openPage(host, '#/runs')
    await button('write a filter').click()
    const writing = page.getByLabelText('Filters in writing')
    await writing.fill('modell = mlp')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('There is no column modell. Did you mean model?')).toBeVisible()
    await writing.fill('model = mlp')
    await userEvent.keyboard('{Enter}')
    const expected = [...host.runs.values()].filter(
      (run) => run.experiment.model.name === 'mlp' && !run.archived,
    ).length
    await expect.element(grid()).toHaveAttribute('aria-rowcount', String(expected + 1))
    await button('Remove the filter on Model').click()
    await expect.element(grid()).not.toHaveAttribute('aria-rowcount', String(expected + 1))
  })

  it('groups with mean and spread', async () => {
    await openPage(new FakeHost(60), '#/runs?group=learningRate,model,dataset')
    await expect
      .element(
        grid()
          .getByText(/^Learning rate 0.001/)
          .first(),
      )
      .toBeVisible()
    expect(shownRows()[0]?.textContent).toMatch(/n = \d+/)
    expect(shownRows()[0]?.textContent).toMatch(/\d+\.\d\d ± \d+\.\d\d %/)
  })

  it('moves, chooses and opens by keyboard alone', async () => {
    await openPage(new FakeHost(60), '#/runs')
    await expect.element(grid()).toBeVisible()
    grid().element().focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown} {Shift>}{ArrowDown}{/Shift}')
    await expect.element(page.getByText('2 chosen')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByText('2 chosen')).not.toBeInTheDocument()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => location.hash).toMatch(/^#\/runs\/run-/)
  })

  it('deletes with a way back', async () => {
    const host = new FakeHost(20)
    await openPage(host, '#/runs')
    await expect.element(grid()).toBeVisible()
    const before = grid().element().getAttribute('aria-rowcount')
    grid().element().focus()
    await userEvent.keyboard('{ArrowDown} {Delete}')
    await expect.element(page.getByText(/^Deleted “/)).toBeVisible()
    await expect.element(grid()).toHaveAttribute('aria-rowcount', String(Number(before) - 1))
    await button('Undo').click()
    await expect.element(grid()).toHaveAttribute('aria-rowcount', before ?? '')
  })

  it('tells a refusal in its own words and changes nothing', async () => {
    const host = new FakeHost(20)
    host.refusals.set('runs.annotateAll', 'The disk is full. Make room, then try again.')
    await openPage(host, '#/runs')
    await expect.element(grid()).toBeVisible()
    grid().element().focus()
    await userEvent.keyboard('{ArrowDown}s')
    await expect
      .element(page.getByRole('alert').getByText('The disk is full. Make room, then try again.'))
      .toBeVisible()
  })

  it('says why the list cannot be read, and reads it when asked again', async () => {
    const host = new FakeHost(5)
    host.refusals.set('runs.list', 'The history is damaged. Restore the backup of yesterday.')
    await openPage(host, '#/runs')
    await expect
      .element(page.getByText('The history is damaged. Restore the backup of yesterday.'))
      .toBeVisible()
    host.refusals.clear()
    await button('Try again').click()
    await expect.element(grid()).toBeVisible()
  })

  it('chooses columns and keeps them', async () => {
    const host = new FakeHost(20)
    await openPage(host, '#/runs')
    await button('Columns').click()
    await page.getByPlaceholder('Find a column').fill('Notes')
    await page.getByRole('checkbox', { name: 'Notes' }).click()
    await expect.element(grid().getByRole('columnheader', { name: 'Notes' })).toBeInTheDocument()
    await expect.poll(() => host.views.current.arrangement.columns).toContain('notes')
    await openPage(host, '#/runs') // as another window, or after a restart on another port
    await expect.element(grid().getByRole('columnheader', { name: 'Notes' }).first()).toBeInTheDocument()
  })

  it('says when columns could not be kept', async () => {
    const host = new FakeHost(20)
    host.refusals.set('views.arrange', 'The disk is full. Make room, then try again.')
    await openPage(host, '#/runs')
    await button('Columns').click()
    await page.getByRole('checkbox', { name: 'Top 5' }).click()
    await expect.element(page.getByText(/could not be kept: The disk is full/)).toBeVisible()
  })

  it('saves a view by name, comes back to it with its filters and columns, and can remove it', async () => {
    const host = new FakeHost(60)
    await openPage(host, '#/runs?where=model+%3D+tiny-vgg&sort=-testAccuracy')
    await expect.element(grid()).toBeVisible()
    const filtered = grid().element().getAttribute('aria-rowcount')
    await button('Views').click()
    await page.getByRole('menuitem', { name: 'Save this view' }).click()
    await page.getByLabelText('Name').fill('Best networks')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => host.views.current.saved.map(({ name }) => name)).toEqual(['Best networks'])
    await button('Remove the filter on Model').click()
    await expect.poll(() => grid().element().getAttribute('aria-rowcount')).not.toBe(filtered)
    await button('Views').click()
    await page.getByRole('menuitemcheckbox', { name: 'Best networks' }).click()
    await expect.element(grid()).toHaveAttribute('aria-rowcount', filtered ?? '')
    expect(decodeURIComponent(location.hash)).toContain('sort=-testAccuracy')
    await button('Best networks').click()
    await page.getByRole('menuitem', { name: 'Remove “Best networks”' }).click()
    await expect.poll(() => host.views.current.saved).toEqual([])
    await button('Undo').click()
    await expect.poll(() => host.views.current.saved).toHaveLength(1)
  })

  it('is come back to as it was left, from the side, from the trail and from a run', async () => {
    const host = new FakeHost(60)
    const left = '#/runs?where=model+%3D+tiny-vgg&group=model&sort=-testAccuracy'
    await openPage(host, left)
    await expect.element(grid()).toBeVisible()
    const shown = new URLSearchParams(left.split('?')[1]).toString()
    const address = () => new URLSearchParams(location.hash.split('?')[1]).toString()
    const [one] = host.runs.values()
    for (const back of [
      () => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /^Runs/ }).click(),
      () =>
        page.getByRole('navigation', { name: 'Where this is' }).getByRole('link', { name: 'Runs' }).click(),
      () => userEvent.keyboard('{Escape}'),
    ]) {
      location.hash = `#/runs/${one?.id ?? ''}`
      await expect.element(page.getByRole('heading', { level: 1, name: one?.name ?? '' })).toBeVisible()
      await expect.element(grid()).not.toBeInTheDocument()
      await back()
      await expect.element(grid()).toBeVisible()
      expect(address()).toBe(shown)
    }
  })

  it('stars many runs in one call', async () => {
    const host = new FakeHost(40)
    await openPage(host, '#/runs')
    await expect.element(grid()).toBeVisible()
    grid().element().focus()
    await userEvent.keyboard('{Control>}a{/Control}s')
    await expect
      .poll(() => [...host.runs.values()].filter(({ archived, starred }) => !archived && !starred).length)
      .toBe(0)
    expect(host.calls.filter(({ name }) => name.startsWith('runs.annotate')).map(({ name }) => name)).toEqual(
      ['runs.annotateAll'],
    )
    await expect.element(page.getByText('starred').first()).toBeInTheDocument()
  })

  it('goes on with a copy of the experiment', async () => {
    const workbench = await openPage(new FakeHost(5), '#/runs')
    await expect.element(grid()).toBeVisible()
    grid().element().focus()
    await userEvent.keyboard('{ArrowDown} ')
    await button('More').click()
    await page.getByRole('menuitem', { name: 'New experiment from it' }).click()
    await expect.poll(() => location.hash).toMatch(/^#\/experiments/)
    expect(workbench.history.runs.length).toBe(5)
  })

  it('hands whole runs on from the menu, and takes a file of them in', async () => {
    const host = new FakeHost(3)
    await openPage(host, '#/runs')
    await button('Export').click()
    await page.getByRole('menuitem', { name: 'Whole runs, for another Atelier' }).click()
    await expect.poll(() => host.calls.map(({ name }) => name)).toContain('transfers.exportRuns')
    takeIn(new File(['atelier'], 'from-anna.zip'))
    await expect.element(page.getByText('Took in “From elsewhere” from from-anna.zip.')).toBeVisible()
    expect(host.calls.find(({ name }) => name === 'transfers.importRuns')?.input).toEqual({
      name: 'from-anna.zip',
      content: 'YXRlbGllcg==',
    })
    await expect.element(grid().getByText('From elsewhere')).toBeVisible()
  })

  it('takes one file in at a time, and says so to a second one', async () => {
    const host = new FakeHost(3)
    await openPage(host, '#/runs')
    await expect.element(grid()).toBeVisible()
    takeIn(new File(['atelier'], 'from-anna.zip'))
    takeIn(new File(['atelier'], 'from-anna.zip'))
    await expect.element(page.getByText(/^A file of runs is being taken in/)).toBeVisible()
    await expect.element(page.getByText('Took in “From elsewhere” from from-anna.zip.')).toBeVisible()
    expect(host.calls.filter(({ name }) => name === 'transfers.importRuns')).toHaveLength(1)
    takeIn(new File(['atelier'], 'from-anna.zip'))
    await expect.poll(() => host.calls.filter(({ name }) => name === 'transfers.importRuns').length).toBe(2)
  })

  it('says why a file of runs is refused, and where a large one is taken in', async () => {
    const host = new FakeHost(0)
    host.refusals.set('transfers.importRuns', 'from-anna.zip cannot be read: it is no ZIP archive.')
    await openPage(host, '#/runs')
    await expect.element(button('Import runs…')).toBeVisible()
    takeIn(new File(['text'], 'from-anna.zip'))
    await expect.element(page.getByText('from-anna.zip cannot be read: it is no ZIP archive.')).toBeVisible()
    takeIn(new File([new Uint8Array(11 * 2 ** 20)], 'large.zip'))
    await expect.element(page.getByText(/large.zip has 11 MiB.*atelier import-runs FILE/)).toBeVisible()
  })
})
