import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { selectAll, type Selection } from '#shared/core/training/batches.ts'
import { buildEvaluation, evaluateSplit, type EvaluationTask } from '#shared/core/training/evaluate.ts'
import { chooseLoss } from '#shared/core/training/losses.ts'

beforeAll(() => startEngine('cpu'))

const CLASSES = 7
const task = { height: 1, width: CLASSES, channels: 1, classes: CLASSES }
const network = buildNetwork({ name: 'linear', hiddenUnits: [CLASSES] }, task)

/** Images of one row whose brightness, times 10, is the logits: the label predicted is the brightest pixel. */
const IMAGES = [
  { label: 0, pixels: [255, 0, 0, 0, 0, 0, 0] }, // right
  { label: 1, pixels: [255, 204, 153, 102, 51, 0, 0] }, // second
  { label: 4, pixels: [255, 204, 153, 102, 51, 0, 0] }, // fifth: the last of the five
  { label: 5, pixels: [255, 204, 153, 102, 51, 0, 0] }, // sixth
  { label: 6, pixels: [0, 0, 0, 0, 0, 0, 255] }, // right
] as const

const logitsOf = (pixels: readonly number[]) => pixels.map((pixel) => (pixel / 255) * 10)

function lossOf({ label, pixels }: (typeof IMAGES)[number]): number {
  const logits = logitsOf(pixels)
  return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (logits[label] ?? 0)
}

function select(images: readonly { label: number; pixels: readonly number[] }[]): Selection {
  return selectAll({
    count: images.length,
    pixels: Uint8Array.from(images.flatMap((image) => image.pixels)),
    labels: Uint8Array.from(images, (image) => image.label),
  })
}

async function evaluate(selection: Selection, change: Partial<EvaluationTask> = {}) {
  const parameters = tf.tidy(() => {
    const unit = tf.eye(CLASSES)
    return [unit, tf.zeros([CLASSES]), tf.mul(unit, 10), tf.zeros([CLASSES])]
  })
  const breathe = () => Promise.resolve()
  const loss = chooseLoss('cross-entropy')
  const measured = await evaluateSplit({
    network,
    parameters,
    selection,
    loss,
    batchSize: 2,
    breathe,
    ...change,
  })
  tf.dispose(parameters)
  return measured
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('an evaluation', () => {
  it('averages batches as the paper does, and images exactly', async () => {
    const { metrics } = await evaluate(select(IMAGES)) // batches of 2, 2 and 1
    const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = IMAGES.map(lossOf)
    const { loss, exactLoss, ...counted } = metrics
    expect(counted).toEqual({ accuracy: mean([1 / 2, 0, 1]), correct: 2, count: 5 })
    expect(loss).toBeCloseTo(mean([(first + second) / 2, (third + fourth) / 2, fifth]), 5)
    expect(exactLoss).toBeCloseTo(mean([first, second, third, fourth, fifth]), 5)
  })

  it('counts an image for the top five when at most four classes stand before its own', async () => {
    expect((await evaluate(select(IMAGES))).top5Accuracy).toBe(4 / 5)
  })

  it('keeps the predicted label of every image, and the probability given to it', async () => {
    const { predictions } = await evaluate(select(IMAGES))
    expect([...predictions.labels]).toEqual([0, 0, 0, 0, 6])
    IMAGES.forEach(({ pixels }, index) => {
      const logits = logitsOf(pixels)
      const probability =
        Math.exp(Math.max(...logits)) / logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
      expect(predictions.probabilities[index]).toBeCloseTo(probability, 5)
    })
  })

  it('follows the selection and not the whole split', async () => {
    const { metrics, predictions } = await evaluate({ ...select(IMAGES), indices: Uint32Array.of(4, 1) })
    expect([metrics.count, metrics.correct, [...predictions.labels]]).toEqual([2, 1, [6, 0]])
  })

  it('is the same whatever number of images goes through at once: 1,100 images in batches of 3 and of 600', async () => {
    const many = select(Array.from({ length: 220 }, () => IMAGES).flat())
    const before = tf.memory().numTensors
    let breaths = 0
    const breathe = () => {
      breaths += 1
      return Promise.resolve()
    }
    const small = await evaluate(many, { batchSize: 3, breathe })
    const large = await evaluate(many, { batchSize: 600, breathe })
    expect(breaths).toBe(3 + 2)
    expect(tf.memory().numTensors).toBe(before)
    expect(small.predictions).toEqual(large.predictions)
    expect([small.metrics.correct, large.metrics.correct, small.metrics.count]).toEqual([440, 440, 1100])
    expect(small.metrics.exactLoss).toBeCloseTo(large.metrics.exactLoss, 6)
  })

  it('becomes a record with confusion matrix and class scores', async () => {
    const selection = select(IMAGES)
    const evaluation = buildEvaluation('validation', await evaluate(selection), selection, CLASSES)
    const row = (column: number) => Array.from({ length: CLASSES }, (_, index) => (index === column ? 1 : 0))
    expect(evaluation).toMatchObject({
      split: 'validation',
      top5Accuracy: 0.8,
      metrics: { correct: 2, count: 5 },
    })
    expect(evaluation.confusionMatrix).toEqual([row(0), row(0), row(-1), row(-1), row(0), row(0), row(6)])
    expect(evaluation.classScores[0]).toEqual({ precision: 1 / 4, recall: 1, f1: 2 / 5, support: 1 })
  })
})
