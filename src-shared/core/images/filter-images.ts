// Which images pass a filter. Every test leaves its bit on the images that fail it, so that one pass answers both what
// passes everything and what would pass if one test were lifted, which is what the counts beside a filter say.
import type { ImageFilter, PredictionFilter } from '../../images.ts'
import type { JoinedImages } from './joined-images.ts'

/** What a run answered, for every image of the dataset. */
export interface Predictions {
  readonly labels: Uint8Array
  /** NaN for images that it did not predict. */
  readonly probabilities: Float32Array
}

/** What a filter may speak of beyond the images themselves. */
export interface FilterFacts {
  /** By the id of the run. */
  readonly predictions: ReadonlyMap<string, Predictions>
  /** The images that have a flag, by its name. */
  readonly flags: ReadonlyMap<string, Uint32Array>
}

export const TESTS = { split: 1, class: 2, flag: 4, list: 8, answer: 16, outcome: 32, rest: 64 } as const

/** For every image the bits of the tests that it fails; 0 passes. @throws RangeError for a run that is not among the facts */
export function markFailures(images: JoinedImages, filter: ImageFilter, facts: FilterFacts): Uint8Array {
  const failures = new Uint8Array(images.count)
  const { splits, classes, flags, images: list, prediction } = filter
  if (splits.length === 1) failOtherSplit(images, splits[0] === 'train', failures)
  if (classes.length > 0) failOtherClasses(images.labels, classes, TESTS.class, failures)
  if (flags.length > 0) {
    const marked = flags.map((name) => facts.flags.get(name) ?? new Uint32Array())
    failOthers(marked, TESTS.flag, failures)
  }
  if (list !== null) failOthers([list], TESTS.list, failures)
  if (prediction !== null) failPredictions(images, prediction, facts.predictions, failures)
  return failures
}

/** The numbers of the images that pass, ascending. */
export function collectPassing(failures: Uint8Array): Uint32Array {
  let count = 0
  for (const bits of failures) if (bits === 0) count++
  const passing = new Uint32Array(count)
  let place = 0
  failures.forEach((bits, image) => {
    if (bits === 0) passing[place++] = image
  })
  return passing
}

/** @throws RangeError for a run that is not among the facts */
export function predictionsOf(predictions: FilterFacts['predictions'], runId: string): Predictions {
  const found = predictions.get(runId)
  if (found === undefined) throw new RangeError(`the predictions of run ${runId} were not read`)
  return found
}

function failOtherSplit({ count, trainCount }: JoinedImages, isTrain: boolean, failures: Uint8Array): void {
  if (isTrain) failures.fill(TESTS.split, trainCount, count)
  else failures.fill(TESTS.split, 0, trainCount)
}

function failOtherClasses(
  labels: Uint8Array,
  classes: readonly number[],
  bit: number,
  failures: Uint8Array,
): void {
  const passes = new Uint8Array(256)
  for (const label of classes) passes[label] = 1
  labels.forEach((label, image) => {
    if (passes[label] === 0) failures[image] = (failures[image] ?? 0) | bit
  })
}

function failOthers(lists: readonly Iterable<number>[], bit: number, failures: Uint8Array): void {
  const passes = new Uint8Array(failures.length)
  for (const list of lists) for (const image of list) passes[image] = 1
  passes.forEach((pass, image) => {
    if (pass === 0) failures[image] = (failures[image] ?? 0) | bit
  })
}

function failPredictions(
  { labels }: JoinedImages,
  { runId, classes, outcome, confidence, differsFrom }: PredictionFilter,
  predictions: FilterFacts['predictions'],
  failures: Uint8Array,
): void {
  const run = predictionsOf(predictions, runId)
  const other = differsFrom === null ? null : predictionsOf(predictions, differsFrom)
  if (classes.length > 0) failOtherClasses(run.labels, classes, TESTS.answer, failures)
  const [low, high] = confidence.map(Math.fround) as [number, number]
  labels.forEach((label, image) => {
    const probability = run.probabilities[image] ?? NaN
    const answer = run.labels[image]
    const isRight = answer === label
    const differs =
      other === null || (!Number.isNaN(other.probabilities[image]) && other.labels[image] !== answer)
    let bits = failures[image] ?? 0
    if (outcome !== null && isRight !== (outcome === 'right')) bits |= TESTS.outcome
    if (!(probability >= low && probability <= high && differs)) bits |= TESTS.rest
    failures[image] = bits
  })
}
