// Which images are trained on and which are held out: the same share of every class, decided by a seed alone.
// Indices point into the training images of a dataset and are always ascending.
import { Failure } from '../../failure.ts'
import { Random } from '../random.ts'
import { groupDigits } from './invalid-file.ts'

export interface SplitIndices {
  readonly trainIndices: Uint32Array
  readonly validationIndices: Uint32Array
}

/**
 * Holds out `validationCount` images, drawn at random within each class (Fisher-Yates with MT19937).
 * Every class gives its exact share, rounded by largest remainder; the lower class goes first where remainders tie.
 * @param labels one class number below `classCount` for each image
 * @throws Failure 'invalid-setting' unless at least one image is left to train on
 */
export function stratifiedSplit(
  labels: Uint8Array,
  classCount: number,
  validationCount: number,
  seed: number,
): SplitIndices {
  checkCount('validationImages', validationCount, 0, labels.length - 1, `of ${imageCount(labels.length)}`)
  const all = Uint32Array.from(labels.keys())
  const classes = groupByClass(all, labels, classCount)
  const random = new Random(seed)
  for (const members of classes) shuffle(members, random)
  const heldOut = markFirst(classes, validationCount, labels.length)
  return {
    trainIndices: all.filter((index) => heldOut[index] === 0),
    validationIndices: all.filter((index) => heldOut[index] === 1),
  }
}

/**
 * Takes the first images of each class, in the shares that the classes have among `indices`.
 * @param indices ascending, such as the `trainIndices` of a split
 * @throws Failure 'invalid-setting' when fewer than `count` images are there
 */
export function takeSubset(
  indices: Uint32Array,
  labels: Uint8Array,
  classCount: number,
  count: number,
): Uint32Array {
  checkCount('trainImages', count, 1, indices.length, `with ${imageCount(indices.length)} left to train on`)
  const taken = markFirst(groupByClass(indices, labels, classCount), count, labels.length)
  return indices.filter((index) => taken[index] === 1)
}

function imageCount(count: number): string {
  return `${groupDigits(count)} images`
}

function checkCount(setting: string, found: number, low: number, high: number, circumstance: string): void {
  if (Number.isInteger(found) && found >= low && found <= high) return
  const expected = `expected a whole number from ${groupDigits(low)} to ${groupDigits(high)} ${circumstance}`
  throw new Failure('invalid-setting', `${setting}: ${expected}, found ${groupDigits(found)}.`)
}

/** The given indices class by class, each class in the order given. */
function groupByClass(indices: Uint32Array, labels: Uint8Array, classCount: number): Uint32Array[] {
  const classes: number[][] = Array.from({ length: classCount }, () => [])
  for (const index of indices) {
    const members = classes[labels[index] ?? classCount]
    if (!members) throw new RangeError(`image ${index} has no label below ${classCount}`)
    members.push(index)
  }
  return classes.map((members) => Uint32Array.from(members))
}

function shuffle(members: Uint32Array, random: Random): void {
  for (let last = members.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const moved = members[last] ?? 0
    members[last] = members[other] ?? 0
    members[other] = moved
  }
}

/** Marks with 1 the first members of each class, `count` in all, in an array over all images. */
function markFirst(classes: readonly Uint32Array[], count: number, imageCount: number): Uint8Array {
  const marks = new Uint8Array(imageCount)
  const sizes = classes.map((members) => members.length)
  apportion(count, sizes).forEach((share, label) => {
    for (const index of classes[label]?.subarray(0, share) ?? []) marks[index] = 1
  })
  return marks
}

/** Largest remainder (Hare quota) in whole numbers: shares that sum to `count`, none above its size. */
function apportion(count: number, sizes: readonly number[]): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const remainders = sizes.map((size) => (count * size) % total)
  const shares = sizes.map((size, label) => (count * size - (remainders[label] ?? 0)) / total)
  const left = count - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = [...sizes.keys()].sort((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0))
  for (const label of byRemainder.slice(0, left)) shares[label] = (shares[label] ?? 0) + 1
  return shares
}
