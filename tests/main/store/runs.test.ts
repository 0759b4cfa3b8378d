import { expect, test } from 'vitest'
import { RUN_STATUSES, type RunStatus } from '#shared/run.ts'
import { newRunId } from '#main/store/run-id.ts'
import type { Store } from '#main/store/open-store.ts'
import {
  ENGINE,
  FINISHED_AT,
  HARDWARE,
  STARTED_AT,
  completeSample,
  sampleCheckpoint,
  sampleEpoch,
  sampleEvaluation,
  samplePredictions,
  sampleRun,
  trainSample,
} from './sample-runs.ts'
import { temporaryStore } from './temporary-home.ts'

const conflict = (message: RegExp) =>
  expect.objectContaining({ code: 'conflict', message: expect.stringMatching(message) as string }) as Error

test('a run that does not exist is a sentence, and so is no id at all', async () => {
  const store = await temporaryStore()
  await expect(store.findRun('0000')).rejects.toMatchObject({
    code: 'not-found',
    message: "There is no run '0000'. List the runs to see their ids.",
  })
  await expect(store.findRun(' ')).rejects.toMatchObject({ code: 'not-found' })
  await expect(store.deleteRun('nothing')).rejects.toMatchObject({ code: 'not-found' })
  await expect(store.updateStatus('nothing', 'failed')).rejects.toMatchObject({ code: 'not-found' })
})

test('a name without letters and an empty tag are refused before anything is stored', async () => {
  const store = await temporaryStore()
  await expect(store.insertRun(sampleRun({}, { name: '  ', tags: [''] }))).rejects.toMatchObject({
    code: 'invalid-setting',
    message: expect.stringMatching(/name: .*tags\.0: /s) as string,
  })
  expect(await store.listRuns()).toEqual({ runs: [], unreadable: [] })
})

test('a run comes back exactly as it was stored', async () => {
  const store = await temporaryStore()
  const given = sampleRun(
    { learningRate: 0.1 + 0.2, optimizer: { name: 'adam' }, seed: 4_294_967_295 },
    { notes: 'zwölf', tags: ['a', 'b', 'a'] },
  )
  const run = await store.insertRun(given)
  expect(run).toEqual({
    ...given,
    id: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{8}$/) as string,
    tags: ['a', 'b'],
    status: 'queued',
    reason: null,
    engine: null,
    hardware: null,
    createdAt: expect.stringMatching(/Z$/) as string,
    startedAt: null,
    finishedAt: null,
    epochs: [],
    evaluation: null,
    starred: false,
    archived: false,
    deletedAt: null,
  })
  expect(await store.findRun(run.id)).toEqual(run)
})

test('a beginning of an id finds its run, and is refused when several share it', async () => {
  const store = await temporaryStore()
  const runs = []
  for (let count = 0; count < 33; count++) runs.push(await store.insertRun(sampleRun()))
  const [first] = runs
  expect((await store.findRun(first?.id.slice(0, 7).toUpperCase() ?? '')).id).toBe(first?.id)
  const letters = runs.map(({ id }) => id.charAt(0))
  const shared = letters.find((letter, index) => letters.indexOf(letter) !== index) ?? ''
  await expect(store.findRun(shared)).rejects.toEqual(
    conflict(/^Several runs begin with .*Give more letters of the id\.$/),
  )
})

test('ids do not repeat in fifty thousand', () => {
  expect(new Set(Array.from({ length: 50_000 }, newRunId)).size).toBe(50_000)
})

test('annotations change what is given and leave the rest', async () => {
  const store = await temporaryStore()
  const { id } = await store.insertRun(sampleRun({}, { tags: ['kept'] }))
  await store.annotateRun(id, { name: ' Better name ', starred: true })
  await store.annotateRun(id, { notes: 'A note' })
  await store.annotateRun(id, {})
  expect(await store.findRun(id)).toMatchObject({
    name: 'Better name',
    notes: 'A note',
    tags: ['kept'],
    starred: true,
  })
})

test('annotations that come at the same time are all kept', async () => {
  const store = await temporaryStore()
  const { id } = await store.insertRun(sampleRun())
  await Promise.all([
    store.annotateRun(id, { notes: 'A note' }),
    store.annotateRun(id, { starred: true }),
    store.annotateRun(id, { tags: ['odd'], archived: true }),
    store.annotateRun(id, { name: 'Better name' }),
  ])
  const all = { name: 'Better name', notes: 'A note', tags: ['odd'], starred: true, archived: true }
  expect(await store.findRun(id)).toMatchObject(all)
})

test('a run goes from queued to completed with everything that it measured', async () => {
  const store = await temporaryStore()
  const run = await completeSample(store)
  expect(run).toMatchObject({
    status: 'completed',
    engine: ENGINE,
    hardware: HARDWARE,
    startedAt: STARTED_AT,
    finishedAt: FINISHED_AT,
    epochs: [sampleEpoch(1), sampleEpoch(2), sampleEpoch(3)],
    evaluation: sampleEvaluation(4),
  })
  expect(await store.readPredictions(run.id)).toEqual(samplePredictions(4))
  expect(await store.listCheckpoints(run.id)).toEqual([1, 2, 3].map(sampleCheckpoint))
})

/** Brings a new run into a status by the shortest way. */
async function runThatIs(store: Store, status: RunStatus): Promise<string> {
  if (status === 'completed') return (await completeSample(store)).id
  const { id } = status === 'queued' ? await store.insertRun(sampleRun()) : await trainSample(store, 1)
  if (status !== 'queued' && status !== 'running') await store.updateStatus(id, status)
  return id
}

const ALLOWED = new Set([
  ...['queued>running', 'queued>cancelled', 'queued>failed'],
  ...['running>queued', 'running>paused', 'running>interrupted', 'running>cancelled', 'running>failed'],
  ...['paused>running', 'paused>interrupted', 'paused>cancelled', 'paused>failed'],
  ...['interrupted>queued', 'interrupted>running', 'interrupted>cancelled'],
  ...['cancelled>queued', 'cancelled>running', 'failed>queued', 'failed>running'],
])

test('only the allowed changes of status happen', async () => {
  const store = await temporaryStore()
  for (const from of RUN_STATUSES) {
    for (const to of RUN_STATUSES.filter((status) => status !== 'completed')) {
      const id = await runThatIs(store, from)
      const allowed = ALLOWED.has(`${from}>${to}`)
      const change = store.updateStatus(id, to)
      await (allowed
        ? change
        : expect(change).rejects.toEqual(conflict(new RegExp(`is ${from} and cannot become ${to}`))))
      expect((await store.findRun(id)).status).toBe(allowed ? to : from)
    }
  }
})

test('the reason of a failure is kept until the run goes on', async () => {
  const store = await temporaryStore()
  const { id } = await trainSample(store, 1)
  await store.updateStatus(id, 'failed', 'The loss is not finite.')
  expect(await store.findRun(id)).toMatchObject({
    reason: 'The loss is not finite.',
    finishedAt: expect.any(String) as string,
  })
  const later = '2026-11-23T10:00:00.000Z'
  await store.recordStart(id, { ...ENGINE, name: 'cpu' }, HARDWARE, later)
  expect(await store.findRun(id)).toMatchObject({
    status: 'running',
    reason: null,
    finishedAt: null,
    startedAt: STARTED_AT,
    engine: { name: 'cpu' },
  })
})

test('a start of the application interrupts what was training, and only that', async () => {
  const store = await temporaryStore()
  const ids = new Map<RunStatus, string>()
  for (const status of RUN_STATUSES) ids.set(status, await runThatIs(store, status))
  expect(await store.markInterrupted()).toEqual([ids.get('running'), ids.get('paused')])
  expect(await store.findRun(ids.get('running') ?? '')).toMatchObject({
    status: 'interrupted',
    reason: 'Atelier ended while this run was training.',
  })
  expect((await store.findRun(ids.get('queued') ?? '')).status).toBe('queued')
  expect(await store.markInterrupted()).toEqual([])
})

test('a completed run can be extended and keeps its evaluation until the new one', async () => {
  const store = await temporaryStore()
  const { id } = await completeSample(store)
  await expect(store.reopenRun(id, 3)).rejects.toMatchObject({ code: 'invalid-setting' })
  await store.reopenRun(id, 4)
  expect(await store.findRun(id)).toMatchObject({
    status: 'queued',
    finishedAt: null,
    experiment: { epochs: 4 },
    evaluation: sampleEvaluation(4),
  })
  await expect(store.reopenRun(id, 5)).rejects.toEqual(
    conflict(/is queued; only a completed run can be extended/),
  )
  await store.recordStart(id, ENGINE, HARDWARE, FINISHED_AT)
  await store.recordEpoch(id, sampleEpoch(4), sampleCheckpoint(4))
  await store.recordCompletion(id, sampleEvaluation(6), samplePredictions(6), FINISHED_AT)
  expect(await store.findRun(id)).toMatchObject({ status: 'completed', evaluation: sampleEvaluation(6) })
  expect(await store.readPredictions(id)).toEqual(samplePredictions(6))
})

test('a run that trains cannot be deleted', async () => {
  const store = await temporaryStore()
  for (const status of ['running', 'paused'] as const) {
    const id = await runThatIs(store, status)
    await expect(store.deleteRun(id)).rejects.toEqual(
      conflict(new RegExp(`is ${status} and cannot be deleted`)),
    )
  }
})

test('a deleted run is hidden, cannot be changed, and comes back whole', async () => {
  const store = await temporaryStore()
  const run = await completeSample(store)
  await store.deleteRun(run.id)
  expect((await store.listRuns()).runs).toEqual([])
  await expect(store.deleteRun(run.id)).rejects.toEqual(conflict(/is deleted\. Restore it first/))
  await expect(store.annotateRun(run.id, { name: 'New' })).rejects.toEqual(conflict(/is deleted/))
  await expect(store.reopenRun(run.id, 9)).rejects.toEqual(conflict(/is deleted/))
  await store.restoreRun(run.id)
  expect(await store.findRun(run.id)).toEqual(run)
  await expect(store.restoreRun(run.id)).rejects.toEqual(conflict(/is not deleted/))
})

test('purging removes what was deleted before, with all that belongs to it', async () => {
  const store = await temporaryStore()
  const [gone, kept] = [await completeSample(store), await completeSample(store)]
  await store.deleteRun(gone.id)
  expect(await store.purgeDeletedRuns('2000-01-01T00:00:00.000Z')).toEqual([])
  expect(await store.purgeDeletedRuns('2100-01-01T00:00:00.000Z')).toEqual([gone.id])
  await expect(store.findRun(gone.id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(store.readPredictions(gone.id)).rejects.toMatchObject({ code: 'not-found' })
  expect(await store.findRun(kept.id)).toEqual(kept)
})

test('many runs are annotated together: tags come and go, what is left out stays, all or none', async () => {
  const store = await temporaryStore()
  const one = await store.insertRun({ ...sampleRun(), tags: ['old', 'both'], notes: 'A note.' })
  const other = await store.insertRun({ ...sampleRun(), tags: [] })
  await store.annotateRun(other.id, { archived: true })
  const changes = { starred: true, addedTags: ['new', 'both'], removedTags: ['old'] }
  const annotated = await store.annotateRuns([one.id, other.id], changes)
  const { name } = one
  expect(annotated).toEqual([
    {
      runId: one.id,
      annotations: { name, notes: 'A note.', tags: ['both', 'new'], starred: true, archived: false },
    },
    {
      runId: other.id,
      annotations: {
        name: other.name,
        notes: other.notes,
        tags: ['new', 'both'],
        starred: true,
        archived: true,
      },
    },
  ])
  expect(await store.findRun(one.id)).toMatchObject({ tags: ['both', 'new'], starred: true })
  await expect(store.annotateRuns([one.id, 'nowhere1'], { starred: false })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect((await store.findRun(one.id)).starred).toBe(true)
  const many = Array.from({ length: 50 }, (_, index) => `tag ${index}`)
  await expect(store.annotateRuns([other.id, one.id], { addedTags: many })).rejects.toMatchObject({
    code: 'invalid-setting',
  })
  expect((await store.findRun(other.id)).tags).toEqual(['new', 'both'])
})
