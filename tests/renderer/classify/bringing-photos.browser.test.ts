import { beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { UPLOAD_PIECE_BYTES } from '#shared/contract/photos.ts'
import { Failure } from '#shared/failure.ts'
import { FakeHost } from '../fake-host.ts'
import { makeRuns } from '../fake-runs.ts'
import { openPage } from '../open-page.ts'
import { chooseFolder, dragOver, dropFiles, makeFile, pasteFiles } from './bring-files.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const rows = () => page.getByRole('grid', { name: 'Photos' }).getByRole('row')
const calls = (host: FakeHost, name: string) => host.calls.filter((one) => one.name === `photos.${name}`)

/** Some of its runs are completed. */
async function openStart(host = new FakeHost(20)): Promise<FakeHost> {
  await openPage(host, '#/classify')
  await expect.element(page.getByRole('heading', { level: 1, name: 'Classify' })).toBeVisible()
  return host
}

async function ready(): Promise<void> {
  await expect.element(page.getByRole('heading', { name: /Drop photos or a folder here/ })).toBeVisible()
}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
})

describe('bringing photos', () => {
  it('says what can be brought, in words and figures', async () => {
    await openStart()
    await ready()
    await expect
      .element(
        page.getByText(/JPEG, PNG, WebP or GIF, up to 64 MB and 110 megapixels each, 20,000 at a time/),
      )
      .toBeVisible()
  })

  it('takes a dropped photo, hands it to the newest run and opens the batch', async () => {
    const host = await openStart()
    await ready()
    dropFiles([makeFile('dress.jpg')])
    await expect.element(rows().nth(0)).toMatchTextContent(/dress\.jpg/)
    expect(location.hash).toMatch(/^#\/classify\?batch=photos1/)
    const [call] = calls(host, 'classify')
    expect(call?.input).toMatchObject({ sources: { paths: [], uploads: ['upload1'] }, settings: null })
  })

  it('sends a large file in pieces that follow each other, and all of it', async () => {
    const host = await openStart()
    await ready()
    const bytes = 2 * UPLOAD_PIECE_BYTES + 100
    dropFiles([makeFile('large.png', bytes)])
    await expect.element(rows().nth(0)).toBeVisible()
    expect(calls(host, 'upload').map(({ input }) => (input as { offset: number }).offset)).toEqual([
      0,
      UPLOAD_PIECE_BYTES,
      2 * UPLOAD_PIECE_BYTES,
    ])
    expect(host.photos.uploads.get('upload1')).toMatchObject({ bytes, received: bytes })
  })

  it('says of each of two files of one name why it was not taken', async () => {
    const host = await openStart()
    host.refusals.set('photos.upload', 'This file is no picture.')
    await ready()
    dropFiles([makeFile('image.png'), makeFile('image.png')])
    await expect.poll(() => page.getByText(/^image\.png: This file is no picture/).elements().length).toBe(2)
  })

  it('takes a folder with the names of its folders, leaves out what is hidden or no picture, and says so', async () => {
    const host = await openStart()
    await ready()
    chooseFolder([
      makeFile('autumn/Dress/1.jpg'),
      makeFile('autumn/Coat/2.heic', 20, ''),
      makeFile('autumn/.DS_Store', 20, ''),
      ...['notes', 'a', 'b', 'c'].map((name) => makeFile(`autumn/${name}.txt`, 20, 'text/plain')),
    ])
    await expect.poll(() => rows().elements().length).toBe(2)
    const names = [...host.photos.uploads.values()].map(({ name }) => name).sort()
    expect(names).toEqual(['autumn/Coat/2.heic', 'autumn/Dress/1.jpg'])
    await expect
      .element(
        page.getByText(
          '4 files in the folders are no pictures and were left out: “autumn/notes.txt”, “autumn/a.txt”, “autumn/b.txt”, ….',
        ),
      )
      .toBeVisible()
  })

  it('takes what is pasted, unless a dialog is open', async () => {
    const host = await openStart()
    await ready()
    pasteFiles([makeFile('image.png', 20, 'image/png')])
    await expect.element(rows().nth(0)).toMatchTextContent(/pasted\.png/)
    expect(calls(host, 'classify')).toHaveLength(1)
  })

  it('shows where to let go while files are dragged over the page', async () => {
    await openStart()
    dragOver([makeFile('a.jpg')])
    await expect.element(page.getByText('Let go anywhere to classify')).toBeVisible()
    await expect.element(page.getByText('Let go anywhere to classify')).not.toBeInTheDocument()
  })

  it('tells which files were refused on the way, and classifies the others', async () => {
    const host = await openStart()
    await ready()
    const upload = host.photos.upload.bind(host.photos)
    host.photos.upload = (piece) => {
      if (piece.name === 'huge.jpg')
        throw new Failure('invalid-file', 'This file has 90 MB; at most 64 are read.')
      return upload(piece)
    }
    dropFiles([makeFile('good.jpg'), makeFile('huge.jpg'), makeFile('fine.jpg')])
    await expect.poll(() => rows().elements().length).toBe(2)
    await expect.element(page.getByText('one file could not be brought.')).toBeVisible()
    await expect.element(page.getByRole('listitem').filter({ hasText: 'huge.jpg' })).toBeVisible()
    await button('Dismiss').click()
    await expect.element(page.getByText('one file could not be brought.')).not.toBeInTheDocument()
  })

  it('cancels what is on its way, and starts nothing with it', async () => {
    const host = await openStart()
    await ready()
    let release: () => void = () => undefined
    const wait = new Promise<void>((resolve) => (release = resolve))
    const upload = host.photos.upload.bind(host.photos)
    let sent = 0
    host.photos.upload = (piece) => {
      sent++
      return upload(piece)
    }
    host.holds.set('photos.upload', () => wait)
    dropFiles(Array.from({ length: 30 }, (_, index) => makeFile(`${index}.jpg`)))
    await expect.element(page.getByText(/^Bringing photos: 0 of 30/)).toBeVisible()
    await button('Cancel').click()
    release()
    await expect.element(page.getByText(/^Bringing photos/)).not.toBeInTheDocument()
    expect(sent).toBeLessThanOrEqual(4)
    expect(calls(host, 'classify')).toHaveLength(0)
  })

  it('before the runs are known says that, and not that there is none', async () => {
    const host = new FakeHost(20)
    let release: () => void = () => undefined
    const wait = new Promise<void>((resolve) => (release = resolve))
    host.holds.set('photos.listJudges', () => wait)
    await openStart(host)
    dropFiles([makeFile('dress.jpg')])
    await expect.element(page.getByText(/^It is not known yet which runs can judge photos\./)).toBeVisible()
    release()
    await ready()
    dropFiles([makeFile('dress.jpg')])
    await expect.element(rows().nth(0)).toMatchTextContent(/dress\.jpg/)
    expect(calls(host, 'classify')).toHaveLength(1)
  })

  it('while the runs cannot be read says why', async () => {
    const host = new FakeHost(20)
    host.refusals.set('photos.listJudges', 'The disk is full.')
    await openStart(host)
    await expect.element(page.getByRole('heading', { name: 'The runs could not be read' })).toBeVisible()
    dropFiles([makeFile('dress.jpg')])
    await expect.element(page.getByText('The runs could not be read: The disk is full.')).toBeVisible()
  })

  it('says so when the page is left in the middle', async () => {
    const host = await openStart()
    await ready()
    let release: () => void = () => undefined
    const wait = new Promise<void>((resolve) => (release = resolve))
    host.holds.set('photos.upload', () => wait)
    dropFiles([makeFile('a.jpg')])
    await expect.element(page.getByText(/^Bringing photos/)).toBeVisible()
    location.hash = '#/settings'
    await expect.element(page.getByText(/^The page was left while photos were on their way/)).toBeVisible()
    release()
    await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    expect(calls(host, 'classify')).toHaveLength(0)
  })

  it('tries the sample photos, one or all', async () => {
    const host = await openStart()
    await page.getByRole('button', { name: 'Classify the sample Dress' }).click()
    await expect.element(rows().nth(0)).toMatchTextContent(/dress\.jpg/)
    location.hash = '#/classify'
    await button('Classify all samples').click()
    await expect.poll(() => location.hash).toContain('batch=photos2')
    expect(calls(host, 'classify')[1]?.input).toMatchObject({
      sources: { paths: ['/atelier/sample-photos'], uploads: [] },
    })
  })
})

describe('the runs that judge', () => {
  it('are one or two, and remembered', async () => {
    const host = await openStart()
    await ready()
    const [first, second] = [...host.runs.values()].filter(({ status }) => status === 'completed')
    await page.getByLabelText('Second run', { exact: true }).click()
    await page.getByRole('option').nth(1).click()
    dropFiles([makeFile('a.jpg')])
    await expect.element(rows().nth(0)).toBeVisible()
    expect(calls(host, 'classify')[0]?.input).toMatchObject({ runIds: [first?.id, second?.id] })
    expect(JSON.parse(localStorage.getItem('atelier-photo-judges') ?? '')).toEqual([first?.id, second?.id])
  })

  it('that were trained for photos come first', async () => {
    const runs = makeRuns(20)
    const chosen = runs.filter(({ status }) => status === 'completed')[2]
    if (chosen === undefined) throw new Error('three of twenty are completed')
    const made = { ...chosen, experiment: { ...chosen.experiment, augmentation: 'photo' as const } }
    const host = await openStart(new FakeHost(runs.map((run) => (run === chosen ? made : run))))
    await ready()
    await expect
      .element(page.getByLabelText('Run that judges', { exact: true }))
      .toMatchTextContent(chosen.name)
    expect(host.calls.length).toBeGreaterThan(0)
  })

  it('are missing at first: the page says so, and leads to the preset that is made for photos', async () => {
    await openStart(new FakeHost())
    await expect.element(page.getByText('No run to judge photos yet')).toBeVisible()
    dropFiles([makeFile('a.jpg')])
    await expect.element(page.getByText(/^No run can judge photos yet\. Train one first/)).toBeVisible()
    await button('Train a photo-ready run').click()
    await expect.element(page.getByRole('heading', { level: 1, name: 'Experiments' })).toBeVisible()
    await expect.element(page.getByText(/Real photos: photo-ready/).first()).toBeVisible()
  })

  it('cannot judge, each of them: the page says why once, and of which', async () => {
    const host = new FakeHost(20)
    host.photos.judgeProblem = 'It takes images in colours.'
    await openStart(host)
    await expect.element(page.getByText('No run can judge photos')).toBeVisible()
    await expect
      .element(page.getByText(/It takes images in colours/))
      .toMatchTextContent(/^\S.* and \d+ more like it: It takes images in colours\.$/)
    await expect.element(button('Train a photo-ready run')).toBeVisible()
  })

  it('cannot be read: why, and again', async () => {
    const host = new FakeHost(20)
    host.refusals.set('photos.listJudges', 'The history cannot be read.')
    await openStart(host)
    await expect.element(page.getByText('The history cannot be read.')).toBeVisible()
    host.refusals.clear()
    await button('Try again').click()
    await ready()
  })
})

describe('earlier batches', () => {
  it('are listed with how they ended, opened by a click and deleted after a question', async () => {
    const host = new FakeHost(20)
    const run = [...host.runs.values()].find(({ status }) => status === 'completed')
    if (run === undefined) throw new Error('one of twenty is completed')
    host.photos.add(['autumn/a.jpg', 'autumn/b.jpg'], [run])
    const { id } = host.photos.add(['winter.jpg'], [run])
    host.photos.change(id, { status: 'cancelled', reason: null })
    await openStart(host)
    const earlier = page.getByRole('region', { name: 'Earlier batches' })
    await expect.element(earlier.getByRole('link', { name: /winter\.jpg.*cancelled/ })).toBeVisible()
    await button('Delete winter.jpg').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect.element(earlier.getByRole('link', { name: /winter/ })).not.toBeInTheDocument()
    await earlier.getByRole('link', { name: /autumn/ }).click()
    await expect.poll(() => rows().elements().length).toBe(2)
  })

  it('that are gone are said to be gone', async () => {
    await openPage(new FakeHost(5), '#/classify?batch=nowhere')
    await expect.element(page.getByText('These photos are not here')).toBeVisible()
  })
})
