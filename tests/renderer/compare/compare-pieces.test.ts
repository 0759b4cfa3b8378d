import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import { axesOf, scaleOf, spaceTicks } from '../../../src-renderer/pages/compare/axes.ts'
import { buildRows } from '../../../src-renderer/pages/compare/compare-rows.ts'
import { curveSeries, floorStripe } from '../../../src-renderer/pages/compare/curves.ts'
import { subtractMatrices } from '../../../src-renderer/parts/difference-cells.ts'
import { pickEpoch } from '../../../src-renderer/pages/compare/pick-epoch.ts'
import { labelRuns } from '../../../src-renderer/parts/run-labels.ts'
import { colourOf, dashOf } from '../../../src-renderer/parts/chart/series.ts'
import {
  addressOfComparison,
  EMPTY_VIEW,
  readView,
  writeView,
} from '../../../src-renderer/state/comparison-view.ts'
import { readParameters } from '../../../src-renderer/state/place.ts'
import { makeRuns } from '../fake-runs.ts'

const runs: readonly ComparedRun[] = makeRuns(30)
  .filter(({ epochs }) => epochs.length >= 3)
  .map((run) => ({ ...run, epochCount: run.epochs.length, multiplyAdds: 1000 }))
const [run] = runs
if (run === undefined) throw new Error('no run of the sample has three epochs')

describe('the address of a comparison', () => {
  it('says the same when it is read and written again', () => {
    const id = fc.stringMatching(/^[0-9a-z]{8}$/)
    const view = fc.record({
      runIds: fc.uniqueArray(id, { minLength: 1, maxLength: 8 }),
      showsAll: fc.boolean(),
      isTurned: fc.boolean(),
      epoch: fc.oneof(fc.constantFrom('last' as const, 'best' as const), fc.integer({ min: 1, max: 99_999 })),
      axis: fc.constantFrom('epoch' as const, 'step' as const, 'time' as const),
      groupedBy: fc.constantFrom('run', 'setting', 'learningRate'),
    })
    fc.assert(
      fc.property(view, (made) => {
        const whole = { ...EMPTY_VIEW, ...made, baseline: made.runIds.at(-1) ?? null }
        expect(readView(readParameters(addressOfComparison(writeView(whole))))).toEqual(whole)
      }),
    )
  })

  it('takes no baseline that is not compared, and leaves what it does not understand at its default', () => {
    const view = readView(new URLSearchParams('runs=a,b,a&baseline=c&epoch=-3&axis=up&metric=luck'))
    expect(view).toEqual({ ...EMPTY_VIEW, runIds: ['a', 'b'] })
  })
})

describe('the epoch that the figures are of', () => {
  const epochs = [0.5, 0.9, 0.7].map((accuracy, index) => {
    const metrics = { loss: 1, accuracy, exactLoss: 1, correct: accuracy * 100, count: 100 }
    const better = { ...metrics, correct: 100 - accuracy * 100 }
    return {
      epoch: index + 1,
      train: better,
      validation: metrics,
      test: better,
      elapsedMs: 1,
      imagesPerSecond: 1,
    }
  })

  it('is the last, the best by validation, or the one asked for, and says so', () => {
    const sample = { ...run, epochs }
    expect(pickEpoch(sample, 'last').words).toBe('epoch 3, the last')
    expect(pickEpoch(sample, 'best').words).toBe('epoch 2, best by validation accuracy')
    expect(pickEpoch(sample, 1).epoch?.epoch).toBe(1)
    expect(pickEpoch(sample, 9)).toEqual({ epoch: null, words: 'it has 3 epochs' })
  })

  it('is never chosen by the test split, even where nothing else was held out', () => {
    const watched = epochs.map((epoch) => ({ ...epoch, validation: null, test: epoch.validation }))
    const picked = pickEpoch({ ...run, epochs: watched }, 'best')
    expect(picked.words).toBe('epoch 1, best by train accuracy, as nothing was held out')
  })
})

describe('the rows of the table', () => {
  it('have a key of their own each, and a cell for every run', () => {
    const rows = buildRows(runs, run.id, null, { showsAll: true, epoch: 'last' })
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
    for (const { cells } of rows) expect(cells).toHaveLength(runs.length)
  })

  it('leave the baseline without a difference and mark no setting of its own', () => {
    for (const { cells } of buildRows(runs, run.id, null, EMPTY_VIEW))
      expect(cells[0]).toMatchObject({ difference: '', differs: false })
  })
})

describe('curves', () => {
  const twins = [run, { ...run, id: 'twin', experiment: { ...run.experiment, seed: 99 } }]

  it('of all but the seed are one mean with its interval', () => {
    const look = { metric: 'validationAccuracy', axis: 'epoch', groupedBy: 'setting' } as const
    const [series, ...more] = curveSeries(twins, labelRuns(twins), look)
    expect(more).toEqual([])
    expect(series?.runIds).toEqual([run.id, 'twin'])
    expect(series?.points).toHaveLength(run.epochs.length)
    expect(series?.band).toHaveLength(run.epochs.length)
  })

  it('stand over steps and seconds', () => {
    const over = (axis: 'step' | 'time') =>
      curveSeries([run], labelRuns([run]), { metric: 'trainLoss', axis, groupedBy: 'run' })[0]?.points[0]?.x
    const first = run.epochs[0]
    expect(over('step')).toBe(Math.ceil((first?.train.count ?? 0) / run.experiment.batchSize))
    expect(over('time')).toBe((first?.elapsedMs ?? 0) / 1000)
  })

  it('have a noise floor for accuracies of held-out images alone', () => {
    const floor = { images: 10_000, disagreements: 1000, difference: 0.0064, isAssumed: false }
    const stripe = floorStripe(run, 'validationAccuracy', floor)
    expect(stripe?.high).toBeGreaterThan(stripe?.low ?? 1)
    expect(floorStripe(run, 'trainAccuracy', floor)).toBeNull()
    expect(floorStripe(run, 'validationLoss', floor)).toBeNull()
    expect(floorStripe(run, 'validationAccuracy', null)).toBeNull()
  })

  it('are told apart up to thirty-six', () => {
    const looks = Array.from({ length: 36 }, (_, look) => `${colourOf(look)} ${dashOf(look).join()}`)
    expect(new Set(looks).size).toBe(36)
  })

  it('have names that no two share', () => {
    const names = labelRuns([
      { id: 'a', name: 'Same' },
      { id: 'b', name: 'Same' },
      { id: 'c', name: 'Other' },
    ])
    expect([...names.values()]).toEqual(['Same · a', 'Same · b', 'Other'])
  })
})

describe('axes', () => {
  it('place every value between 0 and 1, turned over the other way round', () => {
    for (const axis of axesOf(runs, 'last')) {
      const plain = scaleOf(axis, runs)
      const turned = scaleOf(axis, runs, { isFlipped: true })
      for (const one of runs) {
        const at = plain.place(axis.valueOf(one))
        if (at === null) continue
        expect(at).toBeGreaterThanOrEqual(0)
        expect(at).toBeLessThanOrEqual(1)
        expect(turned.place(axis.valueOf(one))).toBeCloseTo(1 - at, 12)
      }
      for (const tick of plain.ticks) expect(tick.at).toBeGreaterThanOrEqual(-1e-9)
    }
  })

  it('keep ticks apart', () => {
    const ticks = [0, 0.01, 0.02, 0.5, 0.51, 1].map((at) => ({ at, label: '' }))
    expect(spaceTicks(ticks, 0.1).map(({ at }) => at)).toEqual([0, 0.5, 1])
  })
})

it('a difference of matrices says whom it speaks for', () => {
  const cells = subtractMatrices(
    [
      [9, 1],
      [2, 8],
    ],
    [
      [8, 2],
      [2, 8],
    ],
  )
  expect(cells[0]?.[0]).toMatchObject({ count: 1, isGood: true })
  expect(cells[0]?.[1]).toMatchObject({ count: -1, isGood: true })
  expect(cells[1]?.[1]).toMatchObject({ share: 0, strength: 0 })
})
