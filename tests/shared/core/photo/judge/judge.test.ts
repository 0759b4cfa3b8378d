import { beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import * as tf from '@tensorflow/tfjs'
import { startEngine } from '#main/engines/start-engine.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { decideVerdict } from '#shared/core/photo/judge/decide-verdict.ts'
import { fitJudge } from '#shared/core/photo/judge/fit-judge.ts'
import { decodeJudge, encodeJudge } from '#shared/core/photo/judge/judge-file.ts'
import { type Judge, judgeInput, rankOf } from '#shared/core/photo/judge/judge.ts'
import { normalisedEntropy } from '#shared/core/photo/judge/entropy.ts'
import { fitTemperature, toProbabilities } from '#shared/core/statistics/temperature.ts'
import { answerInputs, chooseViews } from '#shared/core/photo/judge/views.ts'
import { Random } from '#shared/core/random.ts'
import { selectSplits } from '#shared/core/training/select-splits.ts'
import { train } from '#shared/core/training/train.ts'
import { completeExperiment, type Experiment } from '#shared/experiment.ts'
import type { PhotoMeasures } from '#shared/preparation.ts'
import type { JudgeBasis } from '#shared/verdict.ts'

const CALM = { breathe: () => Promise.resolve(), elapsedMs: () => 0 }
const SKETCHES = generateSketches()
const TASK = { height: 28, width: 28, channels: 1, classes: 10 }
const LIMITS = { probability: 0.5, strangeness: 0.95, contrast: 10 }

interface Fitted {
  readonly judge: Judge
  /** Answers of any images, as the application asks for them. */
  readonly ask: (inputs: Uint8Array) => Promise<Float32Array>
}

async function fit(change: Partial<Experiment> = {}): Promise<Fitted> {
  const experiment = completeExperiment(
    {
      dataset: 'sketches',
      model: { name: 'mlp', hiddenUnits: [32] },
      optimizer: { name: 'adam' },
      learningRate: 0.003,
      trainImages: 2000,
      epochs: 3,
      ...change,
    },
    SKETCHES.train.count,
  )
  const network = buildNetwork(experiment.model, TASK)
  const splits = selectSplits(SKETCHES, experiment, null)
  let parameters: readonly tf.Tensor[] = []
  for await (const event of train({ experiment, network, ...splits, resumeFrom: null, control: CALM }))
    if (event.type === 'epoch-completed')
      parameters = event.state.parameters.map(({ values, shape }) => tf.tensor(values.slice(), [...shape]))
  const judge = await fitJudge({ experiment, network, parameters, ...splits, breathe: CALM.breathe })
  const views = chooseViews(experiment)
  return { judge, ask: (inputs) => answerInputs({ network, parameters, views, inputs }) }
}

let fitted: Fitted
beforeAll(async () => {
  await startEngine('wasm')
  fitted = await fit()
})

async function judgeAll({ judge, ask }: Fitted, inputs: Uint8Array) {
  const logits = await ask(inputs)
  return Array.from({ length: inputs.length / 784 }, (_, i) =>
    judgeInput(judge, inputs.subarray(i * 784, (i + 1) * 784), logits.subarray(i * 10, (i + 1) * 10), null),
  )
}

const testImages = (count: number) => SKETCHES.test.pixels.subarray(0, count * 784)

/** Pictures that are no garments, 40 of each kind. */
function drawStrange(): Readonly<Record<string, Uint8Array>> {
  const random = new Random(4)
  const draw = (valueOf: (x: number, y: number, i: number) => number) =>
    Uint8Array.from({ length: 40 * 784 }, (_, i) =>
      Math.max(0, Math.min(255, valueOf(i % 28, Math.floor(i / 28) % 28, Math.floor(i / 784)))),
    )
  return {
    noise: draw(() => random.below(256)),
    gradients: draw((x, y, i) => 40 + (200 * (x * Math.cos(i) + y * Math.sin(i) + 40)) / 80),
    stripes: draw((x, _y, i) => ((x + i) % (2 + (i % 5)) < 1 + (i % 3) ? 255 : 0)),
  }
}

describe('a judge', () => {
  it('flags pictures that are no garments and leaves most images of the test split alone', async () => {
    const shareOf = async (inputs: Uint8Array) => {
      const judged = await judgeAll(fitted, inputs)
      return judged.filter(({ verdict }) => verdict.name === 'not-a-garment').length / judged.length
    }
    expect(await shareOf(testImages(400))).toBeLessThan(0.1)
    for (const inputs of Object.values(drawStrange())) expect(await shareOf(inputs)).toBeGreaterThan(0.8)
  })

  it('gives all classes in order with probabilities of 1 in all, and the same in any company', async () => {
    const together = await judgeAll(fitted, testImages(40))
    const [alone] = await judgeAll(fitted, testImages(40).subarray(784, 2 * 784))
    expect(together[1]).toEqual(alone)
    for (const { ranking } of together) {
      const probabilities = ranking.map(({ probability }) => probability)
      expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a))
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
      expect(new Set(ranking.map(({ label }) => label)).size).toBe(10)
    }
  })

  it('finds a training image as its own nearest neighbour', async () => {
    const [index = 0] = fitted.judge.references.indices
    const [judged] = await judgeAll(fitted, SKETCHES.train.pixels.subarray(index * 784, (index + 1) * 784))
    expect(judged?.neighbours[0]).toEqual({ index, label: SKETCHES.train.labels[index], distance: 0 })
    const distances = judged?.neighbours.map(({ distance }) => distance) ?? []
    expect(distances).toEqual(distances.toSorted((a, b) => a - b))
  })

  it('comes back from its file, whose bytes are always the same', () => {
    const bytes = encodeJudge(fitted.judge)
    expect(decodeJudge(bytes, 'judge')).toEqual(fitted.judge)
    expect(encodeJudge(decodeJudge(bytes, 'judge'))).toEqual(bytes)
  })

  it('refuses a file that is another one, or cut short', () => {
    const bytes = encodeJudge(fitted.judge)
    expect(() => decodeJudge(bytes.slice(0, -4), 'judge')).toThrow('judge')
    const other = bytes.slice()
    other.set(new TextEncoder().encode('"atelier-judgX"'), Buffer.from(bytes).indexOf('"atelier-judge"'))
    expect(() => decodeJudge(other, 'judge')).toThrow('not a judge of this version')
  })

  it('refuses a file of an earlier version, which is then made again', () => {
    const bytes = encodeJudge(fitted.judge)
    const version = Buffer.from(bytes).indexOf('version') + 'version":'.length + 1 // its quotes are escaped
    const older = bytes.with(version, (bytes[version] ?? 0) - 1)
    expect(() => decodeJudge(older, 'judge')).toThrow('not a judge of this version')
  })

  it('of a run that held nothing out says so and keeps those images out of its references', async () => {
    const { judge } = await fit({ validationImages: 0, trainImages: 240, epochs: 1 })
    expect([judge.basis, judge.references.indices.length]).toEqual(['training', 220])
    expect(fitted.judge.basis).toBe('validation')
  }, 60_000)

  it('asks a network that was trained on changed images about several views, the same for every input', () => {
    expect(chooseViews({ augmentation: 'none' })).toEqual([])
    expect(chooseViews({ augmentation: 'photo' })).toEqual(chooseViews({ augmentation: 'photo' }))
    expect(chooseViews({ augmentation: 'photo' })).toHaveLength(16)
  })
})

describe('a verdict', () => {
  const usual = {
    ...{ probability: 0.9, entropy: 0.1, strangeness: 0.5, contrast: 40 },
    basis: 'validation' as JudgeBasis,
  }

  it.each([
    ['confident', {}, '90 %'],
    ['unsure', { probability: 0.45, entropy: 0.7 }, 'several classes'],
    ['not-a-garment', { strangeness: 0.97 }, '97 %'],
    ['white-on-white', { contrast: 4.25, strangeness: 1 }, 'differ by 4.3'],
    ['confident', { contrast: null }, '90 %'],
  ])('is %s for %o', (name, change, reason) => {
    const verdict = decideVerdict({ ...usual, ...change }, LIMITS)
    expect([verdict.name, verdict.reason.includes(reason)]).toEqual([name, true])
  })

  it.each([
    [{ probability: 0.8997 }, { probability: 0.9 }, 'Its probability is 89 %, below 90 %.'],
    [{ probability: 0.8971 }, { probability: 0.8974 }, 'Its probability is 89.71 %, below 89.74 %.'],
    [{ probability: 0.57 }, { probability: 0.58 }, 'Its probability is 57 %, below 58 %.'],
    [
      { strangeness: 0.9531 },
      {},
      'stranger than 95.3 % of the images held out from training (the limit is 95.0 %)',
    ],
    [{ strangeness: 0.9503 }, {}, 'stranger than 95.03 %'],
    [{ strangeness: 0.9903 }, { strangeness: 0.99 }, 'stranger than 99.03 %'],
    [{ strangeness: 0.9999 }, {}, 'stranger than 99.9 %'],
    [{ strangeness: 1 }, {}, 'stranger than 100.0 %'],
    [{ contrast: 9.96 }, {}, 'differ by 9.96 (delta E; the limit is 10.00)'],
  ])('for %o tells by numbers that do not read like its limit', (change, limits, sentence) => {
    const { reason } = decideVerdict({ ...usual, ...change }, { ...LIMITS, ...limits })
    expect(reason).toContain(sentence)
  })

  it('of a run that held nothing out does not speak of images held out', () => {
    const { reason } = decideVerdict({ ...usual, strangeness: 0.97, basis: 'training' }, LIMITS)
    expect(reason).toContain('stranger than 97 % of the training images that its limits come from')
  })

  it('speaks of contrast only before a light background', () => {
    const { judge } = fitted
    const measures: PhotoMeasures = {
      source: 'border',
      backgroundTone: 0.2,
      backgroundSpread: 1,
      garmentTone: 0.2,
      contrast: 2,
      coverage: 0.5,
      touchesBorder: 0,
      cutOutQuality: 1,
      inverted: true,
    }
    const input = testImages(1)
    const contrastOf = (backgroundTone: number) =>
      judgeInput(judge, input, new Float32Array(10), { ...measures, backgroundTone }).verdict.contrast
    expect([contrastOf(0.2), contrastOf(0.9)]).toEqual([null, 2])
  })
})

describe('calibration', () => {
  it('finds the temperature that made the logits too sure', () => {
    const random = new Random(1)
    const classes = 4
    const labels: number[] = []
    const logits = new Float32Array(3000 * classes)
    for (let i = 0; i < 3000; i++) {
      const own = Array.from({ length: classes }, () => random.uniform(-2, 2))
      const probabilities = toProbabilities(own, 1)
      let left = random.uniform(0, 1)
      labels.push(probabilities.findIndex((p) => (left -= p) < 0) & 3)
      logits.set(
        own.map((value) => value * 3),
        i * classes,
      )
    }
    expect(fitTemperature(logits, labels, classes)).toBeGreaterThan(2.6)
    expect(fitTemperature(logits, labels, classes)).toBeLessThan(3.4)
  })

  it('has an entropy of 0 for certainty and of 1 for guessing', () => {
    expect(normalisedEntropy(Float32Array.from([0, 1, 0, 0]))).toBe(0)
    expect(normalisedEntropy(new Float32Array(4).fill(0.25))).toBeCloseTo(1, 6)
  })

  it('ranks a value among sorted ones as a share that never falls', () => {
    const sorted = fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(
        sorted,
        fc.float({ noNaN: true, min: -200, max: 200 }),
        fc.float({ min: 0, max: 50, noNaN: true }),
        (values, at, step) => {
          const ranks = Float32Array.from(values).toSorted()
          const rank = rankOf(ranks, at)
          expect(rank >= 0 && rank <= 1).toBe(true)
          expect(rankOf(ranks, at + step)).toBeGreaterThanOrEqual(rank)
        },
      ),
    )
  })
})
