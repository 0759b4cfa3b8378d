import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { courseOf, findEvidence } from '#shared/paper/evidence.ts'
import { experimentOf, FIRST_SEED, type PaperRow, seedsOf } from '#shared/paper/plan.ts'
import { PAPER_TABLES, rowsOf } from '#shared/paper/tables.ts'
import { findMissing, listQuestions, shareTrainings } from '#shared/paper/trainings.ts'
import { FULL, sampleMetrics, storedTraining } from './sample-evidence.ts'

const ROWS = rowsOf(PAPER_TABLES)
const someRows = fc.subarray(ROWS as PaperRow[], { minLength: 1 })
const counts = fc.record({ short: fc.integer({ min: 1, max: 6 }), long: fc.integer({ min: 1, max: 6 }) })
const SEEDS = Array.from({ length: 6 }, (_, index) => FIRST_SEED + index)

/** A history in which the trainings are done. */
function trainAll(trainings: ReturnType<typeof shareTrainings>) {
  return trainings.map(({ experiment }, index) => storedTraining(`run-${index}`, experiment))
}

describe('the plan', () => {
  it('has rows with ids of their own, each an experiment as the paper ran them', () => {
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length)
    for (const row of ROWS)
      expect(experimentOf(row, FULL, 42)).toMatchObject({
        testEachEpoch: true,
        validationImages: 0,
        seed: 42,
      })
  })

  it('names only rows of the same table in its findings', () => {
    for (const { rows, findings } of PAPER_TABLES) {
      const ids = rows.map(({ id }) => id)
      for (const { rows: named, check } of findings)
        for (const id of [...named, ...(check === undefined ? [] : [check.first, check.second])])
          expect(ids).toContain(id)
    }
  })

  it('shares a training of 21 epochs among all rows of the default', () => {
    const trainings = shareTrainings(listQuestions(ROWS, { short: 1, long: 1 }), FULL)
    const longest = trainings.find(({ rows }) => rows.includes('IV.21'))
    expect(longest?.experiment.epochs).toBe(21)
    expect(longest?.rows).toEqual(
      expect.arrayContaining(['I.sgd', 'III.32-equal', 'IV.1', 'IV.5', 'V.0.1', 'VI.max']),
    )
    expect(trainings).toHaveLength(14)
  })

  it('answers every row and seed once its trainings are done, and never trains a thing twice', () => {
    fc.assert(
      fc.property(someRows, counts, (rows, seeds) => {
        const questions = listQuestions(rows, seeds)
        const trainings = shareTrainings(questions, FULL)
        expect(new Set(trainings.map(({ experiment }) => courseOf(experiment))).size).toBe(trainings.length)
        const runs = trainAll(trainings)
        const evidence = findEvidence(rows, FULL, runs, SEEDS)
        const answered = new Set(evidence.map(({ rowId, seed }) => `${rowId} ${seed}`))
        for (const { row, seed } of questions) expect(answered).toContain(`${row.id} ${seed}`)
        expect(findMissing(rows, FULL, seeds, evidence, runs)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('trains nothing longer than its longest row', () => {
    fc.assert(
      fc.property(someRows, counts, (rows, seeds) => {
        for (const { experiment, rows: ids } of shareTrainings(listQuestions(rows, seeds), FULL)) {
          const own = rows.filter(({ id }) => ids.includes(id))
          const wanted = own.filter((row) => seedsOf(row, seeds).includes(experiment.seed))
          expect(experiment.epochs).toBe(Math.max(...wanted.map(({ settings }) => settings.epochs ?? 0)))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('asks for exactly what is left when some trainings are done', () => {
    fc.assert(
      fc.property(someRows, counts, fc.infiniteStream(fc.boolean()), (rows, seeds, coins) => {
        const all = shareTrainings(listQuestions(rows, seeds), FULL)
        const done = all.filter(() => coins.next().value)
        const runs = trainAll(done)
        const evidence = findEvidence(rows, FULL, runs, SEEDS)
        const left = findMissing(rows, FULL, seeds, evidence, runs)
        expect(left.map(({ experiment }) => experiment)).toEqual(
          all.filter((one) => !done.includes(one)).map(({ experiment }) => experiment),
        )
      }),
      { numRuns: 60 },
    )
  })
})

const [firstRow] = ROWS
if (firstRow === undefined) throw new Error('the plan has no rows')
const defaultRow = firstRow
const long = experimentOf({ ...defaultRow, settings: { ...defaultRow.settings, epochs: 21 } }, FULL, 42)
const one = { short: 1, long: 1 }

describe('the evidence of a row', () => {
  it('is the epoch that the row names, of a longer run', () => {
    const [found] = findEvidence([defaultRow], FULL, [storedTraining('a', long)], SEEDS)
    expect(found).toMatchObject({ rowId: 'I.sgd', seed: 42, runId: 'a', metrics: sampleMetrics(3) })
  })

  it('is not taken from other settings, another seed, fewer images or a run that did not watch the test images', () => {
    const others = [
      { ...long, learningRate: 0.05 },
      { ...long, trainImages: 6000 },
      { ...long, validationImages: 5000 },
      { ...long, testEachEpoch: false },
      { ...long, seed: 1 },
    ].map((experiment, index) => storedTraining(`other-${index}`, experiment))
    expect(findEvidence([defaultRow], FULL, others, SEEDS)).toEqual([])
  })

  it('comes from an unfinished run too, as far as it got', () => {
    const run = storedTraining('a', long, { status: 'interrupted' }, 3)
    expect(findEvidence([defaultRow], FULL, [run], SEEDS)).toHaveLength(1)
    expect(findEvidence([defaultRow], FULL, [{ ...run, epochs: run.epochs.slice(0, 2) }], SEEDS)).toEqual([])
  })

  it('is of the newest run, and of the engine that answers most rows', () => {
    const runs = [
      storedTraining('old', long),
      storedTraining('new', long),
      storedTraining('foreign', long, { engine: 'wasm' }),
      storedTraining('second seed', { ...long, seed: 43 }),
    ]
    const found = findEvidence([defaultRow], FULL, runs, SEEDS)
    expect(found.map(({ runId }) => runId)).toEqual(['new', 'second seed'])
  })
})

describe('what is missing', () => {
  const missing = (...runs: readonly ReturnType<typeof storedTraining>[]) => {
    const [training] = findMissing(
      [defaultRow],
      FULL,
      one,
      findEvidence([defaultRow], FULL, runs, SEEDS),
      runs,
    )
    return training === undefined ? null : [training.state, training.runId, training.finishedEpochs]
  }
  const short = experimentOf(defaultRow, FULL, 42)

  it('is nothing, new, waiting, training or stopped', () => {
    expect(missing()).toEqual(['missing', null, 0])
    expect(missing(storedTraining('a', short))).toBeNull()
    expect(missing(storedTraining('a', short, { status: 'queued', isLinedUp: true }, 0))).toEqual([
      'waiting',
      'a',
      0,
    ])
    expect(missing(storedTraining('a', short, { status: 'queued' }, 0))).toEqual(['stopped', 'a', 0])
    expect(missing(storedTraining('a', short, { status: 'running' }, 2))).toEqual(['training', 'a', 2])
    expect(missing(storedTraining('a', short, { status: 'interrupted' }, 1))).toEqual(['stopped', 'a', 1])
  })

  it('is on its way with a longer run that trains, but a longer run that stopped is left alone', () => {
    expect(missing(storedTraining('a', long, { status: 'running' }, 1))).toEqual(['training', 'a', 1])
    expect(missing(storedTraining('a', long, { status: 'interrupted' }, 1))).toEqual(['missing', null, 0])
  })
})
