import { beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FakeHost } from '../fake-host.ts'
import { openPage } from '../open-page.ts'
import { pressAtOnce } from './press-at-once.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const table = () => page.getByRole('grid', { name: 'Photos' })
const row = (name: RegExp) => table().getByRole('row', { name })
const filter = (name: RegExp) => page.getByRole('radio', { name })
const opened = (name: RegExp) => page.getByRole('region', { name })
const isItRight = () => page.getByRole('region', { name: 'Is it right?' })
const inputs = (host: FakeHost, name: string) =>
  host.calls.filter((one) => one.name === `photos.${name}`).map(({ input }) => input)

function fill(count: number, judges = 1, address = ''): { host: FakeHost; address: string } {
  const host = new FakeHost(20)
  const runs = [...host.runs.values()].filter(({ status }) => status === 'completed').slice(0, judges)
  const files = Array.from({ length: count }, (_, index) => `autumn/${String(index).padStart(4, '0')}.jpg`)
  const { id } = host.photos.add(files, runs)
  return { host, address: `#/classify?batch=${id}${address}` }
}

async function open(count = 40, judges = 1, address = ''): Promise<FakeHost> {
  const filled = fill(count, judges, address)
  await openPage(filled.host, filled.address)
  await expect.element(table()).toBeVisible()
  return filled.host
}

async function focusTable(): Promise<void> {
  await expect.element(row(/0000\.jpg/)).toBeVisible()
  ;(table().element() as HTMLElement).focus()
}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

describe('the photos of a batch', () => {
  it('say what was answered, how surely and with which verdict, in words', async () => {
    await open()
    await expect.element(row(/T-shirt\/top.*0000\.jpg.*95 %.*confident/)).toBeVisible()
    await expect.element(row(/Coat.*0004\.jpg.*55 %.*(no garment|white on white|unsure)/)).toBeVisible()
    await expect.element(row(/0012\.jpg.*This JPEG file is damaged.*refused/)).toBeInTheDocument()
  })

  it('scroll through twenty thousand with few of them in the document and few pages read', async () => {
    const host = await open(20_000)
    await focusTable()
    await userEvent.keyboard('{End}')
    await expect.element(row(/19999\.jpg/)).toBeVisible()
    expect(table().getByRole('row').elements().length).toBeLessThan(60)
    expect(inputs(host, 'listPhotos').length).toBeLessThan(12)
    expect(table().element().getAttribute('aria-rowcount')).toBe('20000')
    await userEvent.keyboard('{Home}')
    await expect.element(opened(/Photo autumn\/0000\.jpg/)).toBeVisible()
  })

  it('are filtered by what became of them, with counts; the address keeps it', async () => {
    await open()
    await expect.element(filter(/^All 40/)).toBeChecked()
    await filter(/^Refused 3/).click()
    await expect.poll(() => table().getByRole('row').elements().length).toBe(3)
    await expect.poll(() => location.hash).toContain('filter=refused')
    await expect.element(filter(/^Labelled 0/)).toBeDisabled()
    await filter(/^All/).click()
    await page.getByLabelText('Verdict', { exact: true }).click()
    await page.getByRole('option', { name: 'confident' }).click()
    await page.getByPlaceholder('Search names').fill('0003')
    await expect.poll(() => table().getByRole('row').elements().length).toBe(1)
    await expect.poll(() => location.hash).toContain('verdict=confident')
    await page.getByPlaceholder('Search names').fill('nothing is called so')
    await expect.element(page.getByText('No photo passes the filter')).toBeVisible()
    await button('Show all').click()
    await expect.element(row(/0000\.jpg/)).toBeVisible()
  })

  it('come back from the address: the photo, the filter', async () => {
    await open(40, 1, '&photo=9&filter=doubtful')
    await expect.element(filter(/^Doubtful/)).toBeChecked()
    await expect.element(opened(/Photo autumn\/0009\.jpg/)).toBeVisible()
  })

  it('are gone through by arrow keys, and asked for only where one stays', async () => {
    const host = await open()
    await focusTable()
    const down = 'ArrowDown'
    await pressAtOnce(table().element(), down, down, down, down, 'ArrowUp')
    await expect.element(opened(/Photo autumn\/0003\.jpg/)).toBeVisible()
    await expect.element(page.getByRole('heading', { name: 'Nearest training images' })).toBeVisible()
    const read = inputs(host, 'readPhoto').map((input) => (input as { number: number }).number)
    expect(read.at(-1)).toBe(3)
    expect(read.filter((number) => number !== 0 && number !== 3)).toEqual([])
  })
})

describe('labels', () => {
  it('are given by one key, and taken back by the message and by Ctrl+Z', async () => {
    const host = await open()
    await focusTable()
    await userEvent.keyboard('{ArrowDown}5')
    await expect.element(page.getByText('Labelled 0001.jpg: Coat.')).toBeVisible()
    await expect.element(row(/Trouser.*Coat.*0001\.jpg/)).toBeVisible()
    await userEvent.keyboard('{ArrowDown}0')
    await expect.element(page.getByText('Labelled 0002.jpg: Ankle boot.')).toBeVisible()
    expect(inputs(host, 'correct')).toEqual([
      { batchId: 'photos1', numbers: [1], label: 'Coat' },
      { batchId: 'photos1', numbers: [2], label: 'Ankle boot' },
    ])
    expect(page.getByRole('button', { name: 'Undo', exact: true }).elements()).toHaveLength(1)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.element(page.getByText(/^Undone: the label of 0002\.jpg/)).toBeVisible()
    await expect.element(filter(/^By hand 1/)).toBeVisible()
    await focusTable()
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(filter(/^By hand 0/)).toBeVisible()
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(page.getByText('There is no label to take back.')).toBeVisible()
  })

  it('confirm the answer by Enter, and go by Backspace', async () => {
    const host = await open()
    await focusTable()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await expect.element(page.getByText('Confirmed 0001.jpg.')).toBeVisible()
    expect(inputs(host, 'correct')).toEqual([{ batchId: 'photos1', numbers: [1], label: 'Trouser' }])
    await expect.element(isItRight().getByRole('button', { name: 'Trouser', pressed: true })).toBeVisible()
    await userEvent.keyboard('{Backspace}')
    await expect.element(page.getByText('Took away the label of 0001.jpg.')).toBeVisible()
    await expect.element(filter(/^Labelled 0/)).toBeVisible()
  })

  it('leave Enter to the button that has the focus, and digits to the field that is typed into', async () => {
    const host = await open()
    await focusTable()
    ;(isItRight().getByRole('button', { name: 'Bag' }).element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText('Labelled 0000.jpg: Bag.')).toBeVisible()
    await page.getByPlaceholder('Search names').click()
    await userEvent.keyboard('12')
    await expect.poll(() => location.hash).toContain('search=12')
    expect(inputs(host, 'correct')).toHaveLength(1)
  })

  it('are left alone by Ctrl+Z in a field, which takes back what was typed', async () => {
    const host = await open()
    await focusTable()
    await userEvent.keyboard('{ArrowDown}5')
    await expect.element(page.getByText('Labelled 0001.jpg: Coat.')).toBeVisible()
    const search = page.getByPlaceholder('Search names')
    await search.click()
    await userEvent.keyboard('0')
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.element(search).toHaveValue('')
    expect(inputs(host, 'undoCorrection')).toEqual([])
  })

  it('are given to many at once: by Shift and arrows, by Ctrl and click, and to all', async () => {
    const host = await open()
    await focusTable()
    await userEvent.keyboard('{ArrowDown}{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    await expect.element(page.getByText('3 chosen')).toBeVisible()
    await row(/0006\.jpg/).click({ modifiers: ['Control'] })
    await expect.element(page.getByText('4 chosen')).toBeVisible()
    await expect.element(page.getByText('What are these 4?')).toBeVisible()
    await focusTable()
    await userEvent.keyboard('9')
    await expect.element(page.getByText('Labelled 4 photos: Bag.')).toBeVisible()
    expect(inputs(host, 'correct')).toEqual([{ batchId: 'photos1', numbers: [1, 2, 3, 6], label: 'Bag' }])
    await userEvent.keyboard('{Escape}{Control>}a{/Control}')
    await expect.element(page.getByText('40 chosen')).toBeVisible()
    await userEvent.keyboard('1')
    await expect.element(filter(/^By hand 40/)).toBeVisible()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.element(filter(/^By hand 4$/)).toBeVisible()
  })

  it('confirm the answers of all that are chosen, each its own, and take all of that back', async () => {
    await open(6)
    await focusTable()
    await userEvent.keyboard('{Control>}a{/Control}{Enter}')
    await expect.element(page.getByText('Confirmed 6 photos.')).toBeVisible()
    await expect.element(filter(/^By hand 6/)).toBeVisible()
    await expect.element(filter(/^Wrong 0/)).toBeVisible()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.element(filter(/^By hand 0/)).toBeVisible()
  })

  it('confirm also what was answered after it was last in sight', async () => {
    const { host, address } = fill(120)
    const rows = host.photos.rows.get('photos1') ?? []
    const answered = rows.map((row, number) => {
      rows[number] = { ...row, status: 'waiting', reason: null, predictions: [] }
      return row
    })
    await openPage(host, address)
    await focusTable()
    await userEvent.keyboard('{End}')
    await expect.element(row(/0119\.jpg/)).toBeVisible()
    await userEvent.keyboard('{Home}')
    rows.splice(0, rows.length, ...answered)
    host.announce({ type: 'photos-changed', batchId: 'photos1' })
    await expect.element(row(/0000\.jpg.*95 %/)).toBeVisible()
    await userEvent.keyboard('{Control>}a{/Control}{Enter}')
    await expect.element(page.getByText('Confirmed 111 photos.')).toBeVisible()
  })

  it('go on from where a photo has left the filter', async () => {
    const host = await open()
    host.photos.correct('photos1', [1, 2, 3], 'Bag')
    await filter(/^Wrong 3/).click()
    await expect.poll(() => table().getByRole('row').elements().length).toBe(3)
    await row(/0001\.jpg/).click()
    ;(table().element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => table().getByRole('row').elements().length).toBe(2)
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(opened(/Photo autumn\/0002\.jpg/)).toBeVisible()
  })
})

describe('the opened photo', () => {
  it('shows every step with its note, the top five, the verdict and the nearest training images', async () => {
    await open()
    const way = page.getByRole('list', { name: 'From the photo to the input' })
    await expect.poll(() => way.getByRole('button').elements().length).toBe(8)
    await way.getByRole('button', { name: /^cut-out/ }).click()
    await expect.element(opened(/^Photo autumn/).getByText('The step cut-out.')).toBeVisible()
    const answer = page.getByRole('region', { name: 'Answer', exact: true })
    await expect.element(answer.getByText('80 %')).toBeVisible()
    await expect.element(answer.getByText('Made for a test: confident.')).toBeVisible()
    await expect.element(opened(/^Photo autumn/).getByText('inverted', { exact: true })).toBeVisible()
  })

  it('links the nearest training images to the dataset that the run was trained on', async () => {
    const { host, address } = fill(3)
    const judge = [...host.runs.values()].find(({ status }) => status === 'completed')
    if (judge === undefined) throw new Error('one of twenty is completed')
    host.change(judge.id, { dataset: { ...judge.dataset, hash: '5ac1'.repeat(16) } })
    await openPage(host, address)
    const nearest = page.getByRole('region', { name: 'Nearest training images' })
    const links = nearest.getByRole('link')
    await expect.poll(() => links.elements().length).toBe(5)
    expect(links.nth(2).element().getAttribute('href')).toBe('#/datasets/sketches?images=0-4&image=2')
  })

  it('shows what the answer rests on when it is asked for', async () => {
    const host = await open()
    await button('Show what it rests on').click()
    await expect.element(page.getByRole('img', { name: /the parts marked/ })).toBeVisible()
    await expect.element(page.getByText(/by up to 50 %/)).toBeVisible()
    expect(inputs(host, 'explain')).toHaveLength(1)
  })

  it('says why a file was refused, without asking for what cannot be had', async () => {
    const host = await open(40, 1, '&photo=12')
    await expect
      .element(opened(/^Photo autumn/).getByText(/This JPEG file is damaged or broken off\. Copy it again/))
      .toBeVisible()
    await expect.element(isItRight()).not.toBeInTheDocument()
    await new Promise((resolve) => setTimeout(resolve, 300)) // longer than a photo must rest before it is asked for
    expect(inputs(host, 'readPhoto')).toEqual([])
  })

  it('puts two runs side by side and says where they disagree', async () => {
    await open(40, 2, '&photo=6')
    await expect.element(page.getByText(/The runs disagree: .* says/)).toBeVisible()
    await expect.poll(() => page.getByRole('region', { name: /^Answer of / }).elements().length).toBe(2)
    await filter(/^Disagreeing/).click()
    await expect.element(row(/Shirt.*Sneaker.*0006\.jpg/)).toBeVisible()
  })

  it('is adjusted by itself, and the list says so', async () => {
    const host = await open()
    await button('Adjust').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /never/i }).first().click()
    await dialog.getByRole('button', { name: /Apply|Use/i }).click()
    await expect.element(row(/0000\.jpg/).getByText('prepared in its own way')).toBeInTheDocument()
    expect(inputs(host, 'prepareAgain')).toMatchObject([{ number: 0, settings: { invert: 'never' } }])
  })

  it('says why it cannot be opened, and tries again', async () => {
    const { host, address } = fill(3)
    host.refusals.set('photos.readPhoto', 'The file is not there any more.')
    await openPage(host, address)
    await expect.element(page.getByText('The file is not there any more.')).toBeVisible()
    host.refusals.clear()
    await button('Try again').click()
    await expect.element(page.getByRole('heading', { name: 'Nearest training images' })).toBeVisible()
  })
})
