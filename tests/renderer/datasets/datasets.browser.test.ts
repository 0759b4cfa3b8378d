import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { makeRuns } from '../fake-runs.ts'
import { AVAILABLE, DAMAGED, FakeWorkshop, FASHION, SKETCHES } from '../fake-workshop.ts'
import { openPage } from '../open-page.ts'

const card = (name: string | RegExp) => page.getByRole('article', { name })
const button = (name: string | RegExp) => page.getByRole('button', { name })

async function open(host: FakeWorkshop): Promise<void> {
  await openPage(host, '#/datasets')
  await expect.element(page.getByRole('heading', { name: 'Datasets' })).toBeVisible()
}

async function removeAndDownload(): Promise<void> {
  await button('Remove…').click()
  await button('Remove the files').click()
  await button('Download 30.9 MB').click()
}

/** The same content under the same id. */
async function addAgain(): Promise<void> {
  await button('Add dataset').click()
  await page.getByLabelText('Folder').fill('/data/fashion')
  await page.getByLabelText('Name').fill('Fashion-MNIST')
  await page.getByLabelText('Id').fill('fashion-mnist')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
}

describe('the Datasets page', () => {
  it('says what each dataset is, that drawn ones are drawn, and which runs use it', async () => {
    const host = new FakeWorkshop(makeRuns(12))
    const users = [...host.runs.values()].filter(({ dataset }) => dataset.id === 'fashion-mnist').length
    await open(host)
    const fashion = card('Fashion-MNIST')
    await expect.element(fashion.getByText(/^60,000 training \+ 10,000 test images/)).toBeVisible()
    await expect.element(fashion.getByText(`${users} runs use it`)).toBeVisible()
    await expect.element(fashion.getByText(/MIT, © 2017 Zalando SE/)).toBeVisible()
    await expect.element(card(/Sketches/).getByText(/Drawn by a program/)).toBeVisible()
    await expect.element(card(/Sketches/).getByRole('button', { name: /Remove/ })).not.toBeInTheDocument()
  })

  it('says what is damaged and what to do', async () => {
    const host = new FakeWorkshop()
    host.datasets = [SKETCHES, DAMAGED]
    await open(host)
    await expect
      .element(page.getByRole('alert'))
      .toMatchTextContent(
        'train-images is 12 bytes shorter than its header says. Remove it, then add or download it again',
      )
    await expect
      .element(card(DAMAGED.name).getByRole('button', { name: 'Use in an experiment' }))
      .not.toBeInTheDocument()
  })

  it('downloads with its progress, and can be told to stop', async () => {
    const host = new FakeWorkshop()
    host.datasets = [AVAILABLE, SKETCHES]
    let release: () => void = () => undefined
    host.pauses.set('datasets.download', new Promise((resolve) => (release = resolve)))
    await open(host)
    await button('Download 30.9 MB').click()
    host.announce({
      type: 'dataset-progressed',
      id: 'fashion-mnist',
      name: 'Fashion-MNIST',
      activity: 'downloading',
      done: 15_439_322,
      total: 30_878_645,
    })
    await expect.element(page.getByText('15.4 MB of 30.9 MB downloaded')).toBeVisible()
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50')
    await expect.element(card('Fashion-MNIST').getByRole('button', { name: 'Cancel' })).toBeVisible()
    release()
    await expect.element(page.getByText('Fashion-MNIST is installed.')).toBeVisible()
    await expect.element(card('Fashion-MNIST').getByText('installed', { exact: true })).toBeVisible()
  })

  it('adds a folder by a pasted path, and says in place what is wrong with it', async () => {
    const host = new FakeWorkshop()
    host.refusals.set('datasets.add', '/data/empty: expected the four IDX files of a dataset, found none.')
    await open(host)
    await button('Add dataset').click()
    await page.getByLabelText('Folder').fill('"/data/my garments"')
    await userEvent.keyboard('{Enter}')
    await expect
      .element(page.getByRole('dialog').getByRole('alert'))
      .toMatchTextContent(/expected the four IDX files/)
    host.refusals.clear()
    await page.getByLabelText('Folder').fill('file:///data/my%20garments')
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    const folders = host.calls.filter(({ name }) => name === 'datasets.add').map(({ input }) => input)
    expect(folders).toEqual([
      { folder: '/data/my garments', id: null, name: null, announceAs: expect.any(String) as string },
      { folder: '/data/my garments', id: null, name: null, announceAs: expect.any(String) as string },
    ])
    await expect.element(card('Added')).toBeVisible()
  })

  it('makes a dataset of a folder of photos, and says which of them could not be used', async () => {
    const host = new FakeWorkshop()
    host.leftOut = [{ file: 'mine/Cups/3.jpg', reason: 'This file is empty.' }]
    const made = Promise.withResolvers<undefined>()
    host.pauses.set('datasets.addPhotos', made.promise)
    await open(host)
    await button('Add dataset').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Photos, in colours' }).click()
    await expect.element(dialog.getByText(/one photo in five is kept for the test/)).toBeVisible()
    await page.getByLabelText('Folder').fill('/data/mine')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => host.calls.some(({ name }) => name === 'datasets.addPhotos')).toBe(true)
    const call = host.calls.find(({ name }) => name === 'datasets.addPhotos')?.input as { announceAs: string }
    expect(call).toMatchObject({ folder: '/data/mine', form: 'colour', id: null, name: null })
    host.announce({
      ...{ type: 'dataset-progressed', id: call.announceAs, name: 'Mine', activity: 'preparing' },
      ...{ done: 30, total: 120 },
    })
    await expect.element(dialog.getByText('30 of 120 photos prepared')).toBeVisible()
    made.resolve(undefined)
    await expect.element(dialog.getByText('mine/Cups/3.jpg: This file is empty.')).toBeVisible()
    await expect
      .element(dialog.getByRole('status'))
      .toMatchTextContent(/Photos is installed. One file could not be used/)
    await expect.element(dialog.getByLabelText('Folder')).not.toBeInTheDocument()
    await dialog.getByRole('button', { name: 'Add another' }).click()
    await expect.element(dialog.getByLabelText('Folder')).toHaveValue('')
    await expect.element(dialog.getByText('mine/Cups/3.jpg: This file is empty.')).not.toBeInTheDocument()
    await userEvent.keyboard('{Escape}')
    await expect.element(card('Photos').getByText(/64 × 64 pixels in colours/)).toBeVisible()
  })

  it('shows in the dialog how far this folder is, and not another one', async () => {
    const host = new FakeWorkshop()
    const added = Promise.withResolvers<undefined>()
    host.pauses.set('datasets.add', added.promise)
    await open(host)
    await button('Add dataset').click()
    await page.getByLabelText('Folder').fill('/data/mine')
    await userEvent.keyboard('{Enter}')
    const dialog = page.getByRole('dialog')
    const tell = (id: string, done: number) =>
      host.announce({
        ...{ type: 'dataset-progressed', id, name: 'Mine', activity: 'installing' },
        ...{ done, total: 10_000_000 },
      })
    await expect.poll(() => host.calls.some(({ name }) => name === 'datasets.add')).toBe(true)
    const call = host.calls.find(({ name }) => name === 'datasets.add')?.input as { announceAs: string }
    tell('another', 1_000_000)
    tell(call.announceAs, 4_000_000)
    await expect.element(dialog.getByText('4.0 MB of 10.0 MB checked and copied')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect
      .poll(() => host.calls.find(({ name }) => name === 'datasets.cancel')?.input)
      .toEqual({ id: call.announceAs })
    added.resolve(undefined)
  })

  it('removes only after a question that says what stays', async () => {
    const host = new FakeWorkshop(makeRuns(4))
    await open(host)
    await card('Fashion-MNIST')
      .getByRole('button', { name: /Remove/ })
      .click()
    await expect
      .element(page.getByRole('dialog'))
      .toMatchTextContent(/made with it stays?, but cannot be resumed/)
    await button('Keep it').click()
    expect(host.datasets).toContain(FASHION)
    await card('Fashion-MNIST')
      .getByRole('button', { name: /Remove/ })
      .click()
    await button('Remove the files').click()
    await expect.element(card('Fashion-MNIST')).not.toBeInTheDocument()
  })

  it('verifies, and tells what is not as it should be', async () => {
    const host = new FakeWorkshop()
    await open(host)
    await button('Verify').click()
    await expect.element(page.getByText(/Fashion-MNIST is whole/)).toBeVisible()
    host.refusals.set('datasets.verify', 'train-labels: expected hash 3aed, found 77b1.')
    await button('Verify').click()
    await expect.element(page.getByText('train-labels: expected hash 3aed, found 77b1.')).toBeVisible()
    await expect.element(page.getByText('damaged', { exact: true })).toBeVisible()
  })

  it.each([
    ['removed and downloaded again', removeAndDownload],
    ['added again', addAgain],
  ])('takes what was damaged for whole once it is %s', async (_, install) => {
    const host = new FakeWorkshop()
    host.known = [AVAILABLE]
    host.refusals.set('datasets.verify', 'train-labels: expected hash 3aed, found 77b1.')
    await open(host)
    await button('Verify').click()
    const damaged = page.getByText('damaged', { exact: true })
    await expect.element(damaged).toBeVisible()
    await install()
    await expect.element(card('Fashion-MNIST').getByText('installed', { exact: true })).toBeVisible()
    await expect.element(damaged).not.toBeInTheDocument()
    await expect
      .element(card('Fashion-MNIST').getByRole('button', { name: 'Use in an experiment' }))
      .toBeVisible()
  })

  it('hands a dataset to the Experiments page', async () => {
    sessionStorage.clear()
    await open(new FakeWorkshop())
    await card(/Sketches/)
      .getByRole('button', { name: 'Use in an experiment' })
      .click()
    await expect.element(page.getByLabelText('Dataset')).toMatchTextContent('Sketches (generated)')
  })

  it('says when the list cannot be read, and tries again', async () => {
    const host = new FakeWorkshop()
    host.refusals.set('datasets.list', 'The data folder cannot be read.')
    await open(host)
    await expect.element(page.getByText('The data folder cannot be read.')).toBeVisible()
    host.refusals.clear()
    await button('Try again').click()
    await expect.element(card('Fashion-MNIST')).toBeVisible()
  })
})
