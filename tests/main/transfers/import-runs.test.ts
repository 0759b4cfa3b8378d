// From one history into another, through the file on the disk and the command line, as a user moves a run.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { locateHome } from '#main/home.ts'
import { openStore, type Store } from '#main/store/open-store.ts'
import { importRuns } from '#main/transfers/import-runs.ts'
import { packRuns } from '#main/transfers/pack-runs.ts'
import { Failure } from '#shared/failure.ts'
import type { Evaluation } from '#shared/run.ts'
import { type PackedRun, packedRunSchema } from '#shared/packed-run.ts'
import { temporaryFolder } from '../host/open-test-host.ts'
import { atelier } from '../terminal/command.ts'
import { makeTrainedHome, parseLines, type TrainedHome } from '../terminal/trained-home.ts'

let trained: TrainedHome
let file: string
let bytes: Uint8Array

beforeAll(async () => {
  trained = await makeTrainedHome()
  file = join(trained.parent, 'runs.zip')
  const result = await atelier('export-runs', trained.id, '--home', trained.home, '--to', file, '--json')
  expect(result).toMatchObject({ code: 0 })
  bytes = await readFile(file)
})

/** The history of a new data folder, closed with the test. */
async function openEmpty(): Promise<{ store: Store; home: ReturnType<typeof locateHome> }> {
  const home = locateHome(join(temporaryFolder(), 'home'))
  return { store: await openStore({ directory: home.directory }), home }
}

/** The file with its record changed. */
function withRecord(change: (record: PackedRun) => unknown): Uint8Array {
  const files = unzipSync(bytes)
  const path = `${trained.id}/run.json`
  const record = packedRunSchema.parse(JSON.parse(new TextDecoder().decode(files[path])))
  change(record)
  return zipSync({ ...files, [path]: strToU8(JSON.stringify(record)) })
}

describe('a run that is taken in', () => {
  it('is the run that was exported, with its curve, its predictions and its weights', async () => {
    const home = join(temporaryFolder(), 'home')
    const result = await atelier('import-runs', file, '--home', home, '--json')
    expect(parseLines(result)).toEqual([{ id: trained.id, name: trained.run['name'], status: 'completed' }])
    const [there, here] = await Promise.all(
      [trained.home, home].map(async (directory) => {
        const store = await openStore({ directory })
        const [run, curve, checkpoints] = [
          await store.findRun(trained.id),
          await store.readCurve(trained.id),
          await store.listCheckpoints(trained.id),
        ]
        const predictions = await store.readPredictions(trained.id)
        store.close()
        const newest = checkpoints.at(-1)
        const weights = await readFile(join(locateHome(directory).runFolder(trained.id), newest?.file ?? ''))
        return { run: { ...run, tags: [] }, curve, newest, predictions, weights }
      }),
    )
    expect(here).toEqual(there)
  })

  it('says where it came from in its tags and its log, after all that it had', async () => {
    const target = await openEmpty()
    const { runs } = await importRuns(target, bytes, 'from-anna.zip')
    expect(runs.map(({ tags }) => tags)).toEqual([['imported']])
    const log = await target.store.readLog(trained.id)
    expect(log.at(-1)?.text).toBe('Imported from from-anna.zip.')
    expect(log.length).toBeGreaterThan(1)
    target.store.close()
  })

  it('goes on to the same bits as where it was begun', async () => {
    const home = join(temporaryFolder(), 'home')
    await atelier('import-runs', file, '--home', home)
    const store = await openStore({ directory: home })
    await store.reopenRun(trained.id, 3)
    store.close()
    const there = await openStore({ directory: trained.home })
    await there.reopenRun(trained.id, 3)
    there.close()
    const resumed = await Promise.all(
      [trained.home, home].map(async (directory) =>
        parseLines(await atelier('resume', trained.id, '--home', directory, '--json')).at(-1),
      ),
    )
    const figures = resumed.map((line) => (line?.['run'] as { evaluation: unknown }).evaluation)
    expect(figures[0]).toBeDefined()
    expect(figures[1]).toEqual(figures[0])
  })

  it('gives the same bytes when it is exported again', async () => {
    const target = await openEmpty()
    await importRuns(target, bytes, 'runs.zip')
    const source = { ...target, version: '1' }
    const [first, second] = [await packRuns(source, [trained.id]), await packRuns(source, [trained.id])]
    expect(second).toEqual(first)
    target.store.close()
  })

  it('is refused where it is already, also as a deleted one, and nothing changes', async () => {
    const target = await openEmpty()
    await importRuns(target, bytes, 'runs.zip')
    await expect(importRuns(target, bytes, 'runs.zip')).rejects.toThrow(/in this history already/)
    await target.store.deleteRun(trained.id)
    await expect(importRuns(target, bytes, 'runs.zip')).rejects.toThrow(/perhaps deleted/)
    target.store.close()
  })

  it('keeps its weights when its file is given twice at once', async () => {
    const target = await openEmpty()
    const twice = [importRuns(target, bytes, 'runs.zip'), importRuns(target, bytes, 'runs.zip')]
    const ends = await Promise.allSettled(twice)
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(twice[1]).rejects.toThrow(/in this history already/)
    expect(await readdir(target.home.runFolder(trained.id))).toEqual(await namedFiles(target.store))
    target.store.close()
  })

  it('keeps its weights when it was stored and cannot be read back', async () => {
    const target = await openEmpty()
    const { store } = target
    const importRun: Store['importRun'] = async (run, origin) => {
      await store.importRun(run, origin)
      throw new Failure('unavailable', 'The disk did not answer.')
    }
    const taken = importRuns({ ...target, store: { ...store, importRun } }, bytes, 'runs.zip')
    await expect(taken).rejects.toThrow('The disk did not answer.')
    expect(await readdir(target.home.runFolder(trained.id))).toEqual(await namedFiles(store))
    store.close()
  })

  it('leaves no weights behind when it could not be stored', async () => {
    const target = await openEmpty()
    const importRun = (): Promise<never> => Promise.reject(new Failure('unavailable', 'The disk is full.'))
    const taken = importRuns({ ...target, store: { ...target.store, importRun } }, bytes, 'runs.zip')
    await expect(taken).rejects.toThrow('The disk is full.')
    await expect(readdir(target.home.runFolder(trained.id))).rejects.toThrow('ENOENT')
    target.store.close()
  })
})

/** What a history says that lies in the folder of the run. */
async function namedFiles(store: Store): Promise<readonly string[]> {
  const files = (await store.listCheckpoints(trained.id)).map(({ file }) => file)
  expect(files).toHaveLength(1)
  return files
}

describe('a file of runs that was changed', () => {
  type Change = (parts: {
    readonly record: PackedRun
    readonly run: PackedRun['run']
    readonly evaluation: Evaluation
    readonly labels: number[]
  }) => unknown
  const refused: readonly (readonly [string, RegExp, Change])[] = [
    ['another version of the format', /version/, ({ record }) => Object.assign(record, { version: 2 })],
    ['a setting out of its limits', /batchSize/, ({ run }) => (run.experiment.batchSize = 0)],
    ['an epoch too few', /without all its epochs/, ({ run }) => run.epochs.pop()],
    [
      'an epoch twice',
      /epochs are not 1 to/,
      ({ run }) => run.epochs.splice(1, 1, ...run.epochs.slice(0, 1)),
    ],
    [
      'fewer right answers than its matrix has',
      /right answers/,
      ({ evaluation }) => evaluation.metrics.correct--,
    ],
    [
      'better scores of a class',
      /scores of classes/,
      ({ evaluation }) =>
        (evaluation.classScores = evaluation.classScores.map((one) => ({ ...one, recall: 0.99 }))),
    ],
    [
      'another prediction',
      /count its predictions/,
      ({ labels }) => labels.splice(0, 1, labels[0] === 0 ? 1 : 0),
    ],
    ['a prediction less', /count its predictions/, ({ labels }) => labels.pop()],
    ['weights of another size', /weights are \d+ numbers/, ({ run }) => run.parameters++],
    ['an id that is a path', /its record is of the run/, ({ run }) => (run.id = '../../ab')],
    ['a status of training', /status is running/, ({ run }) => (run.status = 'running')],
    [
      'a curve of epochs to come',
      /loss curve/,
      ({ record }) => record.curve.push({ epoch: 99, batch: 1, loss: 1 }),
    ],
    [
      'a set of marks that it does not name',
      /marks/,
      ({ record, run }) =>
        (record.markSet = {
          ...{ hash: 'a'.repeat(16), datasetHash: run.dataset.hash },
          set: { excluded: [1], corrected: [] },
        }),
    ],
  ]

  it.each(refused)('with %s is refused and leaves nothing behind', async (_, message, change) => {
    const target = await openEmpty()
    const changed = withRecord((record) => {
      const { evaluation } = record.run
      if (evaluation === null || record.predictions === null) throw new Error('the run was evaluated')
      change({ record, run: record.run, evaluation, labels: record.predictions.labels })
    })
    await expect(importRuns(target, changed, 'runs.zip')).rejects.toThrow(message)
    expect((await target.store.listRuns()).runs).toEqual([])
    target.store.close()
  })

  it('with other weights is refused', async () => {
    const files = unzipSync(bytes)
    const path = `${trained.id}/weights.safetensors`
    const weights = Uint8Array.from(files[path] ?? [])
    weights[weights.length - 1] = (weights.at(-1) ?? 0) ^ 1
    const target = await openEmpty()
    await expect(importRuns(target, zipSync({ ...files, [path]: weights }), 'runs.zip')).rejects.toThrow(
      /weights are not those of the record/,
    )
    target.store.close()
  })

  it('with a foreign file in it is refused', async () => {
    const target = await openEmpty()
    const foreign = zipSync({ ...unzipSync(bytes), '../../evil': Uint8Array.from([1]) })
    await expect(importRuns(target, foreign, 'runs.zip')).rejects.toThrow(/does not belong into it/)
    target.store.close()
  })

  it('in any byte is taken in whole or refused with a sentence', async () => {
    const target = await openEmpty()
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ mask
        try {
          const { runs } = await importRuns(target, changed, 'runs.zip')
          for (const { id } of runs) await target.store.deleteRun(id)
          await target.store.purgeDeletedRuns('9999')
        } catch (error) {
          expect(error).toBeInstanceOf(Failure)
          expect((await target.store.listRuns()).runs).toEqual([])
        }
      }),
      { numRuns: 150 },
    )
    target.store.close()
  })

  it('that is none at all is refused by the command line with one sentence', async () => {
    const text = join(trained.parent, 'notes.zip')
    await writeFile(text, 'not an archive')
    const result = await atelier('import-runs', text, '--home', join(temporaryFolder(), 'home'))
    expect(result).toMatchObject({ code: 2 })
    expect(result.stderr).toContain('notes.zip cannot be read: it is no ZIP archive.')
  })
})
