import Database from 'better-sqlite3'
import fc from 'fast-check'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { RunQuery, RunSummary } from '#shared/run-list.ts'
import type { Store } from '#main/store/open-store.ts'
import { sampleForTest } from '../datasets/random-test.ts'
import {
  completeSample,
  sampleEpoch,
  sampleEvaluation,
  samplePredictions,
  sampleRun,
  trainSample,
} from './sample-runs.ts'
import { temporaryHome, temporaryStore } from './temporary-home.ts'

let directory: string
let store: Store

beforeEach(async () => {
  directory = temporaryHome()
  store = await temporaryStore(directory)
})

async function listNames(query: RunQuery): Promise<string[]> {
  return (await store.listRuns(query)).runs.map(({ name }) => name)
}

test('an empty history lists nothing', async () => {
  expect(await store.listRuns()).toEqual({ runs: [], unreadable: [] })
})

test('a summary holds the settings, the last epoch and the headline of the evaluation', async () => {
  const run = await completeSample(store)
  const { hardware, epochs, engine, evaluation, dataset, ...same } = run
  const { classNames, ...datasetHeadline } = dataset
  expect((await store.listRuns()).runs).toEqual([
    {
      ...same,
      dataset: datasetHeadline,
      engine: engine?.name,
      lastEpoch: epochs.at(-1),
      evaluation: { split: 'test', metrics: evaluation?.metrics, top5Accuracy: 1 },
    },
  ])
  expect([hardware, classNames]).not.toContain(null)
})

test('without an order the newest come first, also those of the same millisecond', async () => {
  for (const name of ['first', 'second', 'third']) await store.insertRun(sampleRun({}, { name }))
  expect(await listNames({})).toEqual(['third', 'second', 'first'])
  expect(await listNames({ limit: 2 })).toEqual(['third', 'second'])
})

test('runs without a value come last in both orders', async () => {
  await trainSample(store, 1, sampleRun({}, { name: 'worse' }))
  await trainSample(store, 3, sampleRun({}, { name: 'better' }))
  await store.insertRun(sampleRun({}, { name: 'untrained' }))
  expect(await listNames({ sort: [{ by: 'trainLoss', order: 'ascending' }] })).toEqual([
    'better',
    'worse',
    'untrained',
  ])
  expect(await listNames({ sort: [{ by: 'trainLoss', order: 'descending' }] })).toEqual([
    'worse',
    'better',
    'untrained',
  ])
})

test('by test accuracy runs stand in the order of the shares that a table shows, though they were tested only at the end', async () => {
  const complete = async (name: string, correct: number, accuracy: number): Promise<void> => {
    const { id } = await trainSample(store, 3, sampleRun({ epochs: 3 }, { name }))
    const evaluation = sampleEvaluation(4)
    // The mean over batches, by which the paper goes, may put them the other way round.
    const metrics = { ...evaluation.metrics, correct, accuracy }
    await store.recordCompletion(
      id,
      { ...evaluation, metrics },
      samplePredictions(4),
      '2026-11-30T12:00:00.000Z',
    )
  }
  await complete('three of four', 3, 0.6)
  await complete('one of four', 1, 0.7)
  await complete('two of four', 2, 0.5)
  await store.insertRun(sampleRun({}, { name: 'untested' }))
  for (const by of ['testAccuracy', 'evaluationAccuracy'] as const) {
    expect(await listNames({ sort: [{ by, order: 'descending' }] })).toEqual([
      'three of four',
      'two of four',
      'one of four',
      'untested',
    ])
  }
})

test('runs are found by status, star, tag, text and deletion', async () => {
  const trained = await trainSample(store, 1, sampleRun({}, { name: 'Trained', tags: ['paper', 'table 1'] }))
  const { id } = await store.insertRun(sampleRun({}, { name: 'Queued', notes: '100% of the data_set' }))
  const deleted = await store.insertRun(sampleRun({}, { name: 'Deleted' }))
  await store.annotateRun(id, { starred: true })
  await store.deleteRun(deleted.id)
  expect(await listNames({ filter: { status: ['running', 'failed'] } })).toEqual(['Trained'])
  expect(await listNames({ filter: { status: [] } })).toEqual([])
  expect(await listNames({ filter: { starred: true } })).toEqual(['Queued'])
  expect(await listNames({ filter: { starred: false } })).toEqual(['Trained'])
  expect(await listNames({ filter: { tag: 'paper' } })).toEqual(['Trained'])
  expect(await listNames({ filter: { tag: 'pap' } })).toEqual([])
  expect(await listNames({ filter: { text: '100% OF' } })).toEqual(['Queued'])
  expect(await listNames({ filter: { text: trained.id } })).toEqual(['Trained'])
  expect(await listNames({ filter: { text: '%' } })).toEqual(['Queued'])
  expect(await listNames({ filter: { deleted: 'only' } })).toEqual(['Deleted'])
  expect(await listNames({ filter: { deleted: 'included' } })).toEqual(['Deleted', 'Queued', 'Trained'])
})

const settings = fc.record({
  dataset: fc.constantFrom('sketches', 'fashion-mnist'),
  model: fc.constantFrom(
    { name: 'linear' as const },
    { name: 'mlp' as const },
    { name: 'tiny-vgg' as const },
  ),
  optimizer: fc.constantFrom({ name: 'sgd' as const }, { name: 'adam' as const }),
  loss: fc.constantFrom('cross-entropy' as const, 'multi-margin' as const),
  learningRate: fc.constantFrom(0.1, 0.01, 1),
  batchSize: fc.constantFrom(32, 64),
  seed: fc.constantFrom(1, 2, 3),
  trainImages: fc.constantFrom(null, 500, 1000),
})

test('a list filtered and sorted by settings is what the same rule gives over all runs', async () => {
  const filter = fc.record(
    {
      dataset: fc.constantFrom('sketches', 'fashion-mnist'),
      learningRate: fc.constantFrom(0.1, 0.01, 1),
      batchSize: fc.constantFrom(32, 64),
      seed: fc.constantFrom(1, 2),
      trainImages: fc.constantFrom(500, 1000),
    },
    { requiredKeys: [] },
  )
  const sortKey = fc.constantFrom('dataset', 'learningRate', 'batchSize', 'seed')
  const sort = fc.array(
    fc.record({ by: sortKey, order: fc.constantFrom('ascending' as const, 'descending' as const) }),
  )
  for (const experiment of sampleForTest('runs of a list', settings, 40))
    await store.insertRun(sampleRun(experiment))
  const all = (await store.listRuns()).runs
  await fc.assert(
    fc.asyncProperty(filter, sort, async (conditions, order) => {
      const wanted = all.filter(({ experiment }) =>
        Object.entries(conditions).every(
          ([key, value]) => experiment[key as keyof typeof conditions] === value,
        ),
      )
      const expected = wanted.toSorted((a, b) => compareRuns(a, b, order))
      expect((await store.listRuns({ filter: conditions, sort: order })).runs).toEqual(expected)
    }),
  )
})

type SettingOrder = readonly {
  by: 'dataset' | 'learningRate' | 'batchSize' | 'seed'
  order: 'ascending' | 'descending'
}[]

function compareRuns(a: RunSummary, b: RunSummary, order: SettingOrder): number {
  for (const { by, order: direction } of order) {
    const [left, right] =
      by === 'dataset' ? [a.dataset.name, b.dataset.name] : [a.experiment[by], b.experiment[by]]
    if (left !== right) return (left < right ? -1 : 1) * (direction === 'ascending' ? 1 : -1)
  }
  return 0
}

test('a record that does not parse is named and hides no other run', async () => {
  const good = await store.insertRun(sampleRun({}, { name: 'Good' }))
  const bad = await store.insertRun(sampleRun({}, { name: 'Bad' }))
  editDirectly(`update runs set experiment = json_set(experiment, '$.batchSize', -1) where id = '${bad.id}'`)
  const list = await store.listRuns()
  expect(list.runs.map(({ id }) => id)).toEqual([good.id])
  expect(list.unreadable).toEqual([
    { id: bad.id, message: expect.stringContaining(`run ${bad.id} (Bad) cannot be read`) as string },
  ])
  await expect(store.findRun(bad.id)).rejects.toMatchObject({
    code: 'invalid-file',
    message: expect.stringContaining('batchSize') as string,
  })
})

/** What only damage or another version of Atelier could write. */
function editDirectly(statement: string): void {
  const connection = new Database(join(directory, 'atelier.db'))
  connection.exec(statement)
  connection.close()
}

test('ten thousand runs with an epoch each are listed in full', { timeout: 60_000 }, async () => {
  const { id } = await trainSample(store, 1)
  editDirectly(COPY_TEN_THOUSAND_TIMES)
  const { runs } = await store.listRuns({ sort: [{ by: 'seed', order: 'ascending' }] })
  expect(runs).toHaveLength(10_001)
  expect(runs.map(({ experiment }) => experiment.seed).slice(0, 3)).toEqual([1, 2, 3])
  expect(runs.every(({ lastEpoch }) => lastEpoch?.train.loss === sampleEpoch(1).train.loss)).toBe(true)
  expect(runs.map((run) => run.id)).toContain(id)
})

const COPY_TEN_THOUSAND_TIMES = `
  create temp table numbers as
    with recursive counted(number) as (select 1 union all select number + 1 from counted where number < 10000)
    select number, printf('%08d', number) as id from counted;
  insert into runs (id, name, status, experiment, datasetId, datasetName, datasetHash, datasetGenerated, classNames,
    parameters, engine, hardware, createdAt, startedAt, notes, tags)
    select numbers.id, name, status, json_set(experiment, '$.seed', number), datasetId, datasetName, datasetHash,
      datasetGenerated, classNames, parameters, engine, hardware, createdAt, startedAt, notes, tags
    from runs, numbers;
  insert into epochs select numbers.id, epoch, trainLoss, trainAccuracy, trainExactLoss, trainCorrect, trainCount,
      validationLoss, validationAccuracy, validationExactLoss, validationCorrect, validationCount,
      testLoss, testAccuracy, testExactLoss, testCorrect, testCount, elapsedMs, imagesPerSecond
    from epochs, numbers`
