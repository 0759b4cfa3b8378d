// Photos through the whole host: a run that was really trained, files on a disk, processes of their own.
import { copyFile, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseIdxImages, parseIdxLabels } from '#shared/core/datasets/idx.ts'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import { decodePhoto } from '#main/photos/decode-photo.ts'
import { foreseeAdaptation } from '#main/host/photo-adaptation.ts'
import { temporaryFolder, waitForEvent } from './open-test-host.ts'
import { classify, query, RUNS, SKETCHES, usePhotoHost, waitForEnd, writePhotos } from './photo-host.ts'

const photoHost = usePhotoHost()

test('a folder of classes is classified, evaluated, labelled, exported and sorted; two broken files are only told', async () => {
  const { host, first, second } = photoHost()
  const runIds = [first, second]
  const { desk, exports, closeup } = host.photos
  const folder = join(temporaryFolder(), 'autumn')
  await writePhotos(folder, 40, true)
  await writeFile(join(folder, 'Dress', 'broken.jpg'), 'not a photo')
  await writeFile(join(folder, 'Dress', 'empty.png'), '')
  await writeFile(join(folder, 'notes.txt'), 'no photo and not called one')
  await symlink(folder, join(folder, 'around'))

  const batch = await classify(host, [folder], runIds)
  expect(batch).toMatchObject({
    ...{ name: 'autumn', status: 'completed', total: 42, done: 42, refused: 2, labelled: 42, activity: null },
  })
  const refused = await desk.listPhotos(query(batch.id, { filter: 'refused' }))
  expect(refused.photos.map(({ file, reason }) => [file, reason])).toEqual([
    ['autumn/Dress/broken.jpg', expect.stringContaining('This file is text.')],
    ['autumn/Dress/empty.png', expect.stringContaining('This file is empty.')],
  ])

  const [good, bad] = await exports.evaluate(batch.id, runIds)
  expect(good).toMatchObject({ runId: first, count: 40, leftOut: 2 })
  expect(good?.accuracy).toBeGreaterThan(0.6)
  expect(good?.accuracy).toBeGreaterThan(bad?.accuracy ?? 1)
  const { evaluation } = await host.backend.store.findRun(first)
  const own = (evaluation?.metrics.correct ?? 0) / (evaluation?.metrics.count ?? 1)
  expect(good?.gap).toBeCloseTo(own - (good?.accuracy ?? 0), 10)
  expect(good?.confusionMatrix.flat().reduce((sum, count) => sum + count, 0)).toBe(40)
  expect(batch.disagreeing).toBeGreaterThan(0)

  const wrong = await desk.listPhotos(query(batch.id, { filter: 'wrong' }))
  const [one] = wrong.photos
  if (one === undefined) throw new Error('a network this small is wrong somewhere')
  await desk.correct(batch.id, [one.number], 'Bag')
  expect(await desk.readBatch(batch.id)).toMatchObject({ corrected: 1 })
  await desk.undoCorrection(batch.id)
  expect(await desk.readBatch(batch.id)).toMatchObject({ corrected: 0 })

  const out = temporaryFolder()
  const idx = await exports.exportLabelled(batch.id, join(out, 'idx'), 'idx')
  expect(idx).toMatchObject({
    count: 40,
    leftOut: [{ file: 'autumn/Dress/broken.jpg' }, { file: 'autumn/Dress/empty.png' }],
  })
  const images = parseIdxImages(
    new Uint8Array(await readFile(join(out, 'idx/t10k-images-idx3-ubyte'))),
    'images',
  )
  const labels = parseIdxLabels(
    new Uint8Array(await readFile(join(out, 'idx/t10k-labels-idx1-ubyte'))),
    'labels',
  )
  expect([images.count, labels.count]).toEqual([40, 40])
  await exports.exportLabelled(batch.id, join(out, 'folders'), 'folders')
  const [png = ''] = await readdir(join(out, 'folders/Trouser'))
  const back = await decodePhoto(new Uint8Array(await readFile(join(out, 'folders/Trouser', png))))
  expect([back.width, back.height]).toEqual([28, 28])
  await expect(exports.exportLabelled(batch.id, join(out, 'idx'), 'csv')).rejects.toThrow('is not empty')

  const sorted = await exports.sort(batch.id, join(out, 'sorted'), first, 'predicted')
  expect([sorted.count, sorted.leftOut.length]).toEqual([40, 2])
  await exports.sort(batch.id, join(out, 'sorted'), first, 'predicted')
  const copies = (await readdir(join(out, 'sorted'), { recursive: true })).filter((name) =>
    /\.(png|jpg)$/.test(name),
  )
  expect(copies).toHaveLength(80)
  expect(copies.filter((name) => name.includes('(2)'))).toHaveLength(40)

  const { text } = await exports.exportResults(batch.id, 'csv')
  expect(text.split('\n')[0]).toMatch(/^file,run,status,label,probability,verdict,reason/)
  expect(text.split('\n')).toHaveLength(1 + 80 + 2)

  const strict = await closeup.changeThresholds(batch.id, { probability: 1, strangeness: 1, contrast: 0 })
  expect(strict.doubtful).toBeGreaterThanOrEqual(39)
  const lax = await closeup.changeThresholds(batch.id, { probability: 0, strangeness: 1, contrast: 0 })
  expect(lax.doubtful).toBe(0)
})

test('a batch gives what each photo gives alone, bit for bit, in any order and beside any other', async () => {
  const { host, first } = photoHost()
  const runIds = [first]
  const folder = temporaryFolder()
  const paths = await writePhotos(folder, 12)
  const together = await classify(host, [folder], runIds)
  const { photos } = await host.photos.desk.listPhotos(query(together.id))
  const batches = await Promise.all(paths.toReversed().map((path) => classify(host, [path], runIds)))
  for (const [index, batch] of batches.toReversed().entries()) {
    const [alone] = (await host.photos.desk.listPhotos(query(batch.id))).photos
    const { file: _file, number: _number, ...expected } = photos[index] ?? {}
    expect(alone).toMatchObject(expected)
    const { answers, steps } = await host.photos.closeup.readPhoto(batch.id, 0)
    expect(answers[0]?.verdict).toEqual(alone?.predictions[0]?.verdict)
    expect(steps.at(-1)?.image.pixels).toBe(alone?.input)
  }
})

test('one photo shows its steps, its nearest images and what the answer rests on, and can be prepared in another way', async () => {
  const { host, first } = photoHost()
  const runIds = [first]
  const paths = await writePhotos(temporaryFolder(), 1)
  const { id } = await classify(host, paths, runIds)
  const { closeup } = host.photos
  const detail = await closeup.readPhoto(id, 0)
  expect(detail).toMatchObject({
    originalWidth: 200,
    originalHeight: 200,
    settings: DEFAULT_PREPARATION,
    edit: null,
  })
  expect(detail.steps[0]?.name).toBe('photo')
  const [answer] = detail.answers
  expect(answer?.top).toHaveLength(5)
  expect(answer?.nearest).toHaveLength(5)
  const image = Buffer.from(answer?.nearest[0]?.image.pixels ?? '', 'base64')
  const index = answer?.nearest[0]?.index ?? 0
  expect([...image]).toEqual([...SKETCHES.train.pixels.subarray(index * 784, (index + 1) * 784)])

  const map = await closeup.explain(id, 0, first)
  expect(map.values).toHaveLength(784)
  expect(Math.max(...map.values)).toBeGreaterThan(0)

  const edit = { box: { left: 0, top: 0, right: 0.5, bottom: 1 } }
  const again = await closeup.prepareAgain(id, 0, { ...DEFAULT_PREPARATION, invert: 'never' }, edit)
  expect(again).toMatchObject({ edit, settings: { invert: 'never' }, row: { edited: true } })
  expect(again.row.input).not.toBe(detail.row.input)
  expect((await closeup.readPhoto(id, 0)).row).toEqual(again.row)
})

test('uploaded photos are classified like files, and their files go with the last batch that uses them', async () => {
  const { host, home, first: judge } = photoHost()
  const runIds = [judge]
  const { desk } = host.photos
  const [path = ''] = await writePhotos(temporaryFolder(), 1)
  const bytes = await readFile(path)
  const half = Math.floor(bytes.length / 2)
  const begin = { name: 'spring/dress.png', bytes: bytes.length }
  const first = await desk.upload({
    ...begin,
    uploadId: null,
    offset: 0,
    piece: bytes.subarray(0, half).toString('base64'),
  })
  const claim = {
    sources: { paths: [], uploads: [first.uploadId] },
    runIds,
    settings: null,
    thresholds: null,
  }
  await expect(desk.classify(claim)).rejects.toThrow('has not arrived yet')
  const rest = {
    ...begin,
    uploadId: first.uploadId,
    offset: half,
    piece: bytes.subarray(half).toString('base64'),
  }
  await expect(desk.upload({ ...rest, offset: 0 })).rejects.toThrow('do not follow each other')
  expect(await desk.upload(rest)).toMatchObject({ received: bytes.length })
  const batch = await waitForEnd(host, (await desk.classify(claim)).id)
  const alone = await classify(host, [path], runIds)
  const [uploaded] = (await desk.listPhotos(query(batch.id))).photos
  const [fromDisk] = (await desk.listPhotos(query(alone.id))).photos
  expect(uploaded).toMatchObject({
    file: 'spring/dress.png',
    input: fromDisk?.input,
    predictions: fromDisk?.predictions,
  })

  const again = await desk.classifyAgain(batch.id, runIds, DEFAULT_PREPARATION)
  await waitForEnd(host, again.id)
  const uploads = join(home, 'photos/uploads')
  await desk.deleteBatch(batch.id)
  expect(await readdir(uploads)).toHaveLength(1)
  await desk.deleteBatch(again.id)
  expect(await readdir(uploads)).toHaveLength(0)
})

test('a thousand photos: calls are answered meanwhile, it can be cancelled and gone on with', async () => {
  const { host, first } = photoHost()
  const runIds = [first]
  const { desk } = host.photos
  const folder = temporaryFolder()
  const [path = ''] = await writePhotos(folder, 1, false, 56)
  for (let copy = 0; copy < 999; copy++) await copyFile(path, join(folder, `copy-${copy}.png`))
  await writeFile(join(folder, 'broken.png'), 'x')
  const sources = { paths: [folder], uploads: [] }
  const { id } = await desk.classify({ sources, runIds, settings: null, thresholds: null })
  await waitForEvent(host, (event) => event.type === 'photo-batch-changed' && event.batch.done > 20)
  expect(host.photos.decoders.pids.length).toBeLessThanOrEqual(2)
  const waits: number[] = []
  for (let call = 0; call < 20; call++) {
    const start = performance.now()
    await desk.listPhotos(query(id))
    waits.push(performance.now() - start)
  }
  expect(waits.toSorted((a, b) => a - b)[10]).toBeLessThan(100)
  await desk.cancel(id)
  const cancelled = await desk.readBatch(id)
  expect(cancelled.status).toBe('cancelled')
  expect(cancelled.done).toBeLessThan(1001)
  await desk.resume(id)
  expect(await waitForEnd(host, id)).toMatchObject({
    status: 'completed',
    total: 1001,
    done: 1001,
    refused: 1,
  })
}, 240_000)

test('what is wrong with a run or a path is said', async () => {
  const { host, first, second } = photoHost()
  const runIds = [first]
  const { desk } = host.photos
  const sources = { paths: ['/no/such/folder'], uploads: [] }
  await expect(
    desk.classify({ sources, runIds: ['none'], settings: null, thresholds: null }),
  ).rejects.toThrow("There is no run 'none'")
  const { id } = await desk.classify({ sources, runIds, settings: null, thresholds: null })
  const failed = await waitForEnd(host, id)
  expect(failed.status).toBe('failed')
  expect(failed.reason).toContain('does not exist')
  expect(await desk.listJudges()).toMatchObject([
    { runId: second, problem: null },
    { runId: first, problem: null },
  ])
  const [path = ''] = await writePhotos(temporaryFolder(), 1)
  const edited = await classify(host, [path], runIds)
  await rm(path)
  await expect(host.photos.closeup.readPhoto(edited.id, 0)).rejects.toThrow('it does not exist')
  await expect(host.photos.closeup.explain(edited.id, 0, second)).rejects.toThrow('nothing to explain')
})

test('a run without weights is not asked, and says so', async () => {
  const { host } = photoHost()
  const [untrained] = await host.backend.prepareRuns([
    { ...RUNS[0], name: 'Never trained' } as (typeof RUNS)[0],
  ])
  if (untrained === undefined) throw new Error('it was prepared')
  const { id } = await host.backend.store.insertRun(untrained)
  const sources = { paths: [temporaryFolder()], uploads: [] }
  await expect(
    host.photos.desk.classify({ sources, runIds: [id], settings: null, thresholds: null }),
  ).rejects.toThrow('has no weights')
})

test('what a run would be adapted with is told before it is lined up: photos of each class, and why it cannot be', async () => {
  const { host, first, second } = photoHost()
  const { store } = host.backend
  const folder = join(temporaryFolder(), 'labelled')
  await writePhotos(folder, 12, true)
  const { id } = await classify(host, [folder], [first])
  const outlook = await foreseeAdaptation(store, first, [id, id])
  const labels = [...SKETCHES.test.labels.subarray(0, 12)]
  expect(outlook.classes.map(({ count }) => count)).toEqual(
    Array.from({ length: 10 }, (_, label) => labels.filter((one) => one === label).length),
  )
  expect(outlook).toMatchObject({ count: 12, problem: null })

  const unlabelled = await classify(host, await writePhotos(temporaryFolder(), 2), [first])
  const { count, problem } = await foreseeAdaptation(store, second, [unlabelled.id])
  expect(count).toBe(0)
  expect(problem).toMatch(/adapted with 4 to 20000 labelled photos, found 0/)
  await expect(foreseeAdaptation(store, 'nobody', [id])).rejects.toMatchObject({ code: 'not-found' })
  expect(await store.readGain(first)).toBeNull()
})

test('a run for images in colours is not asked, and says so', async () => {
  const { host } = photoHost()
  const [prepared] = await host.backend.prepareRuns([{ ...RUNS[0], name: 'In colours' } as (typeof RUNS)[0]])
  if (prepared === undefined) throw new Error('it was prepared')
  const { id } = await host.backend.store.insertRun({ ...prepared, parameters: 393_578 })
  const sources = { paths: [temporaryFolder()], uploads: [] }
  await expect(
    host.photos.desk.classify({ sources, runIds: [id], settings: null, thresholds: null }),
  ).rejects.toThrow('photos are prepared as 28 x 28 grey')
})
