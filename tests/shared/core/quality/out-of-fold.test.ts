import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { dealFolds, predictOutOfFold } from '#shared/core/quality/out-of-fold.ts'
import { Random } from '#shared/core/random.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { NO_CONTROL } from '../training/small-task.ts'

const SIDE = 8
const CLASSES = 3

function imagesOf(labels: readonly number[]): LabelledImages {
  const pixels = Uint8Array.from({ length: labels.length * SIDE * SIDE }, (_, at) => (at * 37) % 256)
  return { count: labels.length, pixels, labels: Uint8Array.from(labels) }
}

describe('The folds', () => {
  it('are never empty while there are images, and differ by at most one image of each class', () => {
    const anySet = fc.record({
      labels: fc.array(fc.nat(CLASSES - 1), { minLength: 2, maxLength: 40 }),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(anySet, ({ labels, seed }) => {
        const folds = Math.min(4, labels.length)
        const dealt = dealFolds(Uint8Array.from(labels), CLASSES, folds, seed)
        const sizes = (isCounted: (label: number) => boolean): number[] =>
          Array.from({ length: folds }, (_, fold) => {
            return labels.filter((label, image) => isCounted(label) && dealt[image] === fold).length
          })
        expect(Math.min(...sizes(() => true))).toBeGreaterThan(0)
        for (let label = 0; label < CLASSES; label++) {
          const ofClass = sizes((other) => other === label)
          expect(Math.max(...ofClass) - Math.min(...ofClass)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('of a dataset with images enough stay what they were', () => {
    const labels = Uint8Array.from({ length: 24 }, (_, image) => image % 3)
    expect(dealFolds(labels, 3, 4, 42).join('')).toBe('100312321132011223000233')
  })
})

describe('Probabilities out of fold', () => {
  beforeAll(() => startEngine('wasm'))

  const settings = { dataset: 'photos', validationImages: 0, epochs: 4, model: { name: 'linear' } } as const
  const experiment = parseExperiment(settings)
  const form = { height: SIDE, width: SIDE, channels: 1, classes: CLASSES } as const
  const task = {
    ...{ experiment, folds: 4, control: NO_CONTROL, onProgress: () => undefined },
    network: buildNetwork(experiment.model, form),
  }

  it.each([[[0, 0, 1, 1]], [[0, 1, 2, 0]]])(
    'are there for all of four training images, labelled %j',
    async (labels) => {
      const dataset = { train: imagesOf(labels), test: imagesOf([0, 1]), classNames: [] }
      const probabilities = await predictOutOfFold({ ...task, dataset })
      const sums = Array.from({ length: 6 }, (_, image) =>
        probabilities.subarray(image * CLASSES, (image + 1) * CLASSES).reduce((sum, one) => sum + one, 0),
      )
      expect(sums).toEqual(sums.map(() => expect.closeTo(1, 5) as number))
    },
  )

  it('come from networks that never saw the image: what only memory can tell, they do not know', async () => {
    const random = new Random(3)
    const drawn = Array.from({ length: 48 }, () => random.below(CLASSES))
    const noise = {
      ...imagesOf(drawn),
      pixels: Uint8Array.from({ length: 48 * SIDE * SIDE }, () => random.below(256)),
    }
    const memorizing = parseExperiment({
      ...settings,
      ...{ model: { name: 'mlp', hiddenUnits: [32] }, optimizer: { name: 'adam' }, learningRate: 0.01 },
      ...{ batchSize: 8, epochs: 60 },
    })
    const probabilities = await predictOutOfFold({
      ...{ ...task, experiment: memorizing, network: buildNetwork(memorizing.model, form) },
      dataset: { train: noise, test: imagesOf([0, 1]), classNames: [] },
    })
    const known = drawn.filter((label, image) => {
      const answer = probabilities.subarray(image * CLASSES, (image + 1) * CLASSES)
      return answer.indexOf(Math.max(...answer)) === label
    })
    expect(known.length).toBeLessThan(36) // 48 where each network learned from all of them
  })

  it('are refused for a single training image, which no network would be left to learn without', async () => {
    const dataset = { train: imagesOf([0]), test: imagesOf([0, 1]), classNames: [] }
    await expect(predictOutOfFold({ ...task, folds: 2, dataset })).rejects.toThrow(
      'needs at least 2 training images and found 1',
    )
  })
})
