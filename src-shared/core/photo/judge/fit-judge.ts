// Fits a judge to a finished run: calibration and limits from the images that were held out, once for a run.
import type * as tf from '@tensorflow/tfjs'
import type { Experiment } from '../../../experiment.ts'
import type { Network } from '../../models/network.ts'
import type { Selection } from '../../training/batches.ts'
import type { JudgeThresholds } from '../../../verdict.ts'
import { chooseEvenly } from './choose-evenly.ts'
import { measureInput, measureStrangeness, type Judge, type Usual, type Yardstick } from './judge.ts'
import { buildReferences } from './references.ts'
import { fitTemperature, toProbabilities } from '../../statistics/temperature.ts'
import { answerInputs, chooseViews } from './views.ts'

export interface JudgeTask {
  readonly experiment: Experiment
  readonly network: Network
  /** Weights and biases of the finished run, in the order of `listParameters`. */
  readonly parameters: readonly tf.Tensor[]
  readonly train: Selection
  /** Null for a run that held nothing out: then training images take their place, which makes it too trusting. */
  readonly validation: Selection | null
  readonly breathe: () => Promise<void>
}

/** Held-out images that are looked at: enough for limits at one in twenty. */
const MOST_IMAGES = 2000
/** One in so many training images takes the place of validation images where there are none. */
const TRAINING_SHARE = 12
const RANKS = 201
/** One in twenty of the images held out counts as strange. */
const STRANGENESS = 0.95
/** Answers that pass for confident are to be right at least so often. */
const CONFIDENT_ACCURACY = 0.9
const LOWEST_PROBABILITY = 0.4
/** Delta E that a garment needs to stand out from a light background. */
const CONTRAST = 10

/** @throws Failure 'cancelled' and whatever else `breathe` throws */
export async function fitJudge(task: JudgeTask): Promise<Judge> {
  const { experiment, network, parameters } = task
  const { width, height, classes } = network.task
  const { references: known, held } = chooseImages(task)
  const inputs = copyImages(held, width * height)
  const labels = Array.from(held.indices, (index) => held.source.labels[index] ?? 0)
  const { breathe } = task
  const logits = await answerInputs({ network, parameters, views: chooseViews(experiment), inputs, breathe })
  const temperature = fitTemperature(logits, labels, classes)
  const references = buildReferences(known, width, height)
  const at = (i: number) =>
    [
      inputs.subarray(i * width * height, (i + 1) * width * height),
      logits.subarray(i * classes, (i + 1) * classes),
    ] as const

  const measured: ReturnType<typeof measureInput>[] = []
  for (let i = 0; i < labels.length; i++) {
    if (i % 100 === 0) await breathe()
    measured.push(measureInput({ width, height, references }, ...at(i)))
  }
  const yardstick: Yardstick = {
    width,
    height,
    references,
    distance: summarise(measured.map(({ distance }) => distance)),
    evidence: summarise(measured.map(({ evidence }) => evidence)),
    coverage: summarise(measured.map(({ coverage }) => coverage)),
    roughness: summarise(measured.map(({ roughness }) => roughness)),
  }
  const scores: number[] = []
  for (let i = 0; i < labels.length; i++) {
    if (i % 100 === 0) await breathe()
    scores.push(measureStrangeness(yardstick, ...at(i)).score)
  }
  return {
    ...yardstick,
    classes,
    temperature,
    basis: task.validation === null ? 'training' : 'validation',
    ranks: spaceEvenly(scores),
    thresholds: chooseThresholds(logits, labels, classes, temperature),
  }
}

/** The training images that inputs are compared with, and the images of the dataset that the limits come from. */
export function chooseImages({ train, validation }: Pick<JudgeTask, 'train' | 'validation'>): {
  readonly references: Selection
  readonly held: Selection
} {
  const choose = (all: Selection): Selection => ({
    ...all,
    indices: chooseEvenly(all.indices, MOST_IMAGES),
  })
  if (validation !== null) return { references: train, held: choose(validation) }
  const isHeld = (_: number, i: number): boolean => i % TRAINING_SHARE === 0
  return {
    references: { ...train, indices: train.indices.filter((index, i) => !isHeld(index, i)) },
    held: choose({ ...train, indices: train.indices.filter(isHeld) }),
  }
}

function copyImages({ source, indices }: Selection, size: number): Uint8Array {
  const inputs = new Uint8Array(indices.length * size)
  indices.forEach((index, i) =>
    inputs.set(source.pixels.subarray(index * size, (index + 1) * size), i * size),
  )
  return inputs
}

function summarise(values: readonly number[]): Usual {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / values.length) }
}

function spaceEvenly(values: readonly number[]): Float32Array {
  const sorted = values.toSorted((a, b) => a - b)
  return Float32Array.from(
    { length: RANKS },
    (_, rank) => sorted[Math.round((rank / (RANKS - 1)) * (sorted.length - 1))] ?? 0,
  )
}

/** The least probability from which on answers are right often enough; with none, half. */
function chooseThresholds(
  logits: Float32Array,
  labels: readonly number[],
  classes: number,
  temperature: number,
): JudgeThresholds {
  const answers = labels.map((label, i) => {
    const probabilities = toProbabilities(logits.subarray(i * classes, (i + 1) * classes), temperature)
    const probability = Math.max(...probabilities)
    return { probability, isRight: probabilities.indexOf(probability) === label }
  })
  const sorted = answers.toSorted((a, b) => b.probability - a.probability)
  let right = 0
  let least = 0.5
  sorted.forEach(({ probability, isRight }, i) => {
    right += isRight ? 1 : 0
    if (right / (i + 1) >= CONFIDENT_ACCURACY) least = probability
  })
  return { probability: Math.max(LOWEST_PROBABILITY, least), strangeness: STRANGENESS, contrast: CONTRAST }
}
