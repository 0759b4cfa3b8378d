import { describe, expect, it } from 'vitest'
import type { FieldTexts } from '#shared/field-texts.ts'
import { adviseSweep } from '#shared/sweep-advice.ts'
import { costOf, costOfGroup, groupByCost } from '#shared/sweep-cost.ts'
import { expandSweep } from '#shared/sweep.ts'

const FASHION = {
  id: 'fashion-mnist',
  height: 28,
  width: 28,
  channels: 1,
  classes: 10,
  trainCount: 60_000,
  testCount: 10_000,
}

const advise = (texts: FieldTexts) => adviseSweep(expandSweep(texts, FASHION), FASHION)
const idsOf = (texts: FieldTexts) => advise(texts).map(({ id }) => id)
const experimentsOf = (texts: FieldTexts) =>
  expandSweep(texts, FASHION).combinations.flatMap((one) => (one.state === 'valid' ? [one.experiment] : []))

describe('advice', () => {
  it('is silent about an ordinary experiment', () => {
    expect(idsOf({})).toEqual([])
  })

  it.each<[string, FieldTexts, string[]]>([
    ['Adam at 0.1', { optimizer: 'adam' }, ['high-adam-rate']],
    ['Adam at 0.001', { optimizer: 'adam', learningRate: '0.001' }, []],
    ['an unbounded loss', { loss: 'nll-on-logits' }, ['unbounded-loss']],
    ['V1', { model: 'mlp', activateLogits: 'on' }, ['activated-logits']],
    ['two seeds', { learningRate: '0.1, 0.01', seed: '1..2' }, ['few-seeds']],
    ['five seeds', { learningRate: '0.1, 0.01', seed: '1..5' }, []],
    ['seeds alone', { seed: '1..2' }, []],
    ['losses', { loss: 'cross-entropy, nll', seed: '1..5' }, ['equal-losses']],
    ['margins', { loss: 'cross-entropy, multi-margin', seed: '1..5' }, ['unlike-losses', 'margin-scores']],
    ['the paper’s way', { testEachEpoch: 'on' }, ['watched-test']],
    ['nothing held out', { validationImages: '0' }, ['nothing-held-out']],
  ])('on %s', (_, texts, ids) => {
    expect(idsOf(texts)).toEqual(ids)
  })

  it('mends what it can: with its change it is silent', () => {
    const faulty: FieldTexts[] = [
      { optimizer: 'adam' },
      { loss: 'nll-on-logits, multi-margin', seed: '1..5' },
      { model: 'mlp', activateLogits: 'on' },
      { learningRate: '0.1, 0.01' },
      { testEachEpoch: 'on' },
      { validationImages: '0' },
      { loss: 'cross-entropy, nll', seed: '1..5' },
    ]
    for (const texts of faulty) {
      const [first] = advise(texts)
      expect(first?.change).not.toBeNull()
      expect(idsOf({ ...texts, ...first?.change?.texts })).not.toContain(first?.id)
    }
  })

  it('states the chance that the test images leave', () => {
    expect(advise({ epochs: '1, 3' })[0]?.text).toContain(
      'the 10,000 test images alone leave ±0.6 points to chance',
    )
  })
})

describe('the cost', () => {
  const experiments = experimentsOf({ learningRate: '0.1, 0.01', batchSize: '8, 32', seed: '1..3' })
  const engine = {
    name: 'wasm',
    backend: 'wasm',
    versions: {},
    threads: null,
    gpu: null,
    notice: null,
  } as const
  const measured = {
    state: 'measured',
    engine,
    stepMs: 2,
    imageMs: 0.01,
    trainImagesPerSecond: 4000,
  } as const

  it('needs one measurement for experiments whose steps are alike', () => {
    const groups = groupByCost(experiments)
    expect(groups.map(({ experiments: [first, ...others] }) => [first.batchSize, others.length])).toEqual([
      [8, 5],
      [32, 5],
    ])
  })

  it('needs a measurement of its own for images that are changed: that takes longer than some steps', () => {
    const groups = groupByCost(
      experiments.flatMap((one) => [one, { ...one, augmentation: 'photo' as const }]),
    )
    expect(groups.map(({ experiments: [{ augmentation }] }) => augmentation)).toEqual([
      'none',
      'photo',
      'none',
      'photo',
    ])
  })

  it('is steps and measured images by the measurement', () => {
    const [group] = groupByCost(experimentsOf({ epochs: '3', seed: '1..2' }))
    if (group === undefined) throw new Error('no group')
    // 55,000 images are 1,719 steps; 5,000 are held out and measured in each epoch, 10,000 once.
    const each = 1719 * 2 * 3 + 50 * 3 + 100
    expect(costOf(group.experiments[0], measured, FASHION)).toBeCloseTo(each, 6)
    expect(costOfGroup(group, measured, FASHION)).toBeCloseTo(2 * each, 6)
  })
})
