// A run that was trained without marked images and one that was adapted to photos, moved into another history: what they
// learned from goes with them, or nothing of them does.
import { join } from 'node:path'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import type { Mark } from '#shared/marks.ts'
import { type PackedRun, packedRunSchema } from '#shared/packed-run.ts'
import type { Run } from '#shared/run.ts'
import { readIdxFolder } from '#main/datasets/idx-folder.ts'
import { locateHome } from '#main/home.ts'
import { prepareAdaptation } from '#main/prepare-adaptation.ts'
import type { Store } from '#main/store/open-store.ts'
import { type ImportTarget, importRuns } from '#main/transfers/import-runs.ts'
import { packRuns } from '#main/transfers/pack-runs.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { temporaryStore } from '../store/temporary-home.ts'
import { openTrainingHome, QUICK, type TrainingHome } from '../training/training-home.ts'

const MARKS: readonly Mark[] = [
  { image: 4, label: null, excluded: true, note: '' },
  { image: 9, label: 2, excluded: false, note: '' },
]
const PHOTOS = 8

async function trainMarked({ backend, patterns, ...home }: TrainingHome): Promise<Run> {
  const data = await backend.describeDataset({ id: '', directory: patterns })
  await backend.store.changeMarks(data, MARKS, 'Marked in a test')
  const run = await home.createRun({ ...QUICK, withoutExcluded: true, correctedLabels: true })
  return (await home.train(run)).ended
}

async function adapt({ backend, patterns, ...home }: TrainingHome, parent: Run): Promise<Run> {
  const { test } = await readIdxFolder(patterns, [])
  const photos = { inputs: test.pixels.slice(0, PHOTOS * 784), labels: test.labels.slice(0, PHOTOS) }
  const prepared = await prepareAdaptation(backend.store, { parent, photos, name: null })
  return (await home.train(await backend.store.insertRun(prepared))).ended
}

/** All of a run that an import has to bring. */
async function readWhole(store: Store, id: string) {
  const { tags: _, ...run } = await store.findRun(id)
  const { marks, adaptation } = run.experiment
  return {
    run,
    marks: marks === 'present' ? null : await store.findMarkSet(marks, run.dataset.hash),
    photos: adaptation === null ? null : await store.findPhotoSet(adaptation.photos),
    gain: await store.readGain(id),
  }
}

async function openEmpty(): Promise<ImportTarget> {
  const home = locateHome(join(await makeTemporaryFolder(), 'home'))
  return { store: await temporaryStore(home.directory), home }
}

/** The file with the record of one run changed. */
function withRecord(bytes: Uint8Array, id: string, change: (record: PackedRun) => unknown): Uint8Array {
  const files = unzipSync(bytes)
  const record = packedRunSchema.parse(JSON.parse(new TextDecoder().decode(files[`${id}/run.json`])))
  change(record)
  return zipSync({ ...files, [`${id}/run.json`]: strToU8(JSON.stringify(record)) })
}

it('brings the marks and the photos of runs whole, and takes none in whose own are missing or are others', async () => {
  const home = await openTrainingHome()
  const { store, home: folder } = home.backend
  const marked = await trainMarked(home)
  const adapted = await adapt(home, marked)
  expect([marked.status, adapted.status]).toEqual(['completed', 'completed'])
  const { bytes } = await packRuns({ store, home: folder, version: '1' }, [marked.id, adapted.id])

  const target = await openEmpty()
  await importRuns(target, bytes, 'runs.zip')
  for (const { id } of [marked, adapted])
    expect(await readWhole(target.store, id)).toEqual(await readWhole(store, id))
  expect((await readWhole(target.store, marked.id)).marks?.set).toEqual({
    excluded: [4],
    corrected: [[9, 2]],
  })
  const taken = await readWhole(target.store, adapted.id)
  expect([taken.photos?.labels.length, taken.gain?.count]).toEqual([PHOTOS, PHOTOS])

  const refused: readonly (readonly [Run, string, (record: PackedRun) => unknown])[] = [
    [marked, 'its marks are missing', (record) => (record.markSet = null)],
    [marked, 'set of marks is not what its name says', ({ markSet }) => markSet?.set.excluded.push(5)],
    [adapted, 'its photos are missing', (record) => (record.photoSet = null)],
    [
      adapted,
      'its photos are not what their name says',
      ({ photoSet }) => Object.assign(photoSet ?? {}, { labels: btoa('\0'.repeat(PHOTOS)) }),
    ],
  ]
  for (const [{ id }, sentence, change] of refused) {
    const other = await openEmpty()
    const changed = withRecord(bytes, id, change)
    await expect(importRuns(other, changed, 'runs.zip')).rejects.toThrow(sentence)
    expect((await other.store.listRuns()).runs).toEqual([])
  }
}, 120_000)
