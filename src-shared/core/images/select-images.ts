// The images that pass a filter, in the order asked for, and the counts beside the filter.
import type { ImageFilter, ImageOrder } from '../../images.ts'
import { collectPassing, type FilterFacts, markFailures, predictionsOf, TESTS } from './filter-images.ts'
import type { JoinedImages } from './joined-images.ts'
import { sortImages } from './sort-images.ts'

/** Values for sorting that take a look at every pixel; asked for when they are needed. */
export interface PixelValues {
  /** Mean of the pixels of every image, 0..1. */
  brightness(): Float32Array
  /** From one image to every image. */
  distances(image: number): Float32Array
}

/**
 * @returns numbers of images
 * @throws RangeError for an order that lacks its image or its run
 */
export function selectImages(
  images: JoinedImages,
  filter: ImageFilter,
  order: ImageOrder,
  facts: FilterFacts,
  values: PixelValues,
): Uint32Array {
  const passing = collectPassing(markFailures(images, filter, facts))
  const keys = keysFor(images, filter, order, facts, values)
  if (keys !== null) return sortImages(passing, keys, order.descending)
  return order.descending ? passing.reverse() : passing
}

/** The value of every image to sort by, or null for its number. */
function keysFor(
  { labels }: JoinedImages,
  filter: ImageFilter,
  { by, image, runId }: ImageOrder,
  { predictions, flags }: FilterFacts,
  values: PixelValues,
): Float32Array | null {
  const run = () => predictionsOf(predictions, runId ?? filter.prediction?.runId ?? '')
  switch (by) {
    case 'index':
      return null
    case 'class':
      return Float32Array.from(labels)
    case 'brightness':
      return values.brightness()
    case 'confidence':
      return run().probabilities
    case 'answer':
      return run().probabilities.map((probability, at) =>
        Number.isNaN(probability) ? NaN : (run().labels[at] ?? NaN),
      )
    case 'mistake': {
      const { labels: answers, probabilities } = run()
      return probabilities.map((probability, at) =>
        answers[at] === labels[at] ? 1 - probability : probability,
      )
    }
    case 'flag':
      return placeOfFirstFlag(labels.length, flags)
    case 'likeness':
      if (image === null) throw new RangeError('likeness is to an image, which is missing')
      return values.distances(image)
    default:
      return by satisfies never
  }
}

/** Of every image, the place of its first flag among all flags. */
function placeOfFirstFlag(count: number, flags: FilterFacts['flags']): Float32Array {
  const places = new Float32Array(count).fill(NaN)
  for (const [place, marked] of [...flags.values()].entries())
    for (const image of marked) if (Number.isNaN(places[image])) places[image] = place
  return places
}

/** How many images each value has among those that pass all other parts of the filter. */
export interface FacetCounts {
  readonly count: number
  readonly splits: { readonly train: number; readonly test: number }
  readonly classes: number[]
  /** By the name of the flag. */
  readonly flags: ReadonlyMap<string, number>
  readonly prediction: { readonly right: number; readonly wrong: number; readonly answers: number[] } | null
}

export function countFacets(images: JoinedImages, filter: ImageFilter, facts: FilterFacts): FacetCounts {
  const { trainCount, classCount, labels } = images
  const failures = markFailures(images, filter, facts)
  const splits = { train: 0, test: 0 }
  const classes = new Array<number>(classCount).fill(0)
  let count = 0
  failures.forEach((bits, image) => {
    if (bits === 0) count++
    if ((bits & ~TESTS.split) === 0) splits[image < trainCount ? 'train' : 'test']++
    if ((bits & ~TESTS.class) === 0) increase(classes, labels[image])
  })
  const flags = new Map([...facts.flags].map(([name, marked]) => [name, countMarked(marked, failures)]))
  return { count, splits, classes, flags, prediction: countPredictions(images, filter, facts, failures) }
}

function countMarked(marked: Uint32Array, failures: Uint8Array): number {
  let count = 0
  for (const image of marked) if (((failures[image] ?? TESTS.rest) & ~TESTS.flag) === 0) count++
  return count
}

function countPredictions(
  { labels, classCount }: JoinedImages,
  { prediction }: ImageFilter,
  { predictions }: FilterFacts,
  failures: Uint8Array,
): FacetCounts['prediction'] {
  if (prediction === null) return null
  const run = predictionsOf(predictions, prediction.runId)
  const counts = { right: 0, wrong: 0, answers: new Array<number>(classCount).fill(0) }
  failures.forEach((bits, image) => {
    if (Number.isNaN(run.probabilities[image])) return
    if ((bits & ~TESTS.outcome) === 0) counts[run.labels[image] === labels[image] ? 'right' : 'wrong']++
    if ((bits & ~TESTS.answer) === 0) increase(counts.answers, run.labels[image])
  })
  return counts
}

function increase(counts: number[], place: number | undefined): void {
  if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1
}
