// Training images changed at random, so that a network learns what a garment looks like in photos: turned, stretched, cut
// out badly, in other tones. What happens to an image follows from (seed, epoch, batch) and its place in the batch alone,
// so that a training that was interrupted goes on to the same bits.
// The changes are those that measurements on real photos ask for; see docs/photos.md.
import type { Experiment } from '../../../experiment.ts'
import type { NetworkTask } from '../../models/layers.ts'
import { Random } from '../../random.ts'
import { changeTones } from './tones.ts'
import { bendImage } from './bend.ts'
import { findPaired, standUp } from './pair.ts'
import { leaveRemnants } from './remnants.ts'
import { findSleeved, spreadSleeves } from './sleeves.ts'
import { drawWarp, warpImage } from './warp.ts'

/**
 * Changes the images of one batch in place: [batch, height, width, channels], 0..1.
 * @param numbers of the images in their source, as BatchChange has them
 */
export type Augment = (
  values: Float32Array,
  labels: Int32Array,
  numbers: Int32Array,
  epoch: number,
  batch: number,
) => void

/**
 * Null for an experiment that trains on the images as they are.
 * @param classNames of the dataset: some kinds of things are photographed in their own way
 * @param photos so many images of the source, the first ones, are photos: things lie in them as they lie in photos, and
 *   to stand up a pair of shoes would make a pair of pairs
 */
export function chooseAugmentation(
  { augmentation, seed }: Pick<Experiment, 'augmentation' | 'seed'>,
  task: NetworkTask,
  classNames: readonly string[],
  photos = 0,
): Augment | null {
  if (augmentation === 'none') return null
  const random = new Random(0)
  const size = task.height * task.width
  const source = new Float32Array(size)
  const paired = findPaired(classNames)
  const sleeved = findSleeved(classNames)
  return (values, labels, numbers, epoch, batch) => {
    random.seed(mix(seed, epoch, batch))
    labels.forEach((label, index) => {
      const image = values.subarray(index * size, (index + 1) * size)
      source.set(image)
      const isPhoto = (numbers[index] ?? 0) < photos
      const isPaired = !isPhoto && paired[label] === 1
      const isSleeved = !isPhoto && sleeved[label] === 1
      augmentImage(source, image, task, { random, isPaired, isSleeved })
    })
  }
}

interface Chance {
  readonly random: Random
  readonly isPaired: boolean
  readonly isSleeved: boolean
}

/** From `source`, which is used up, to `target`. */
function augmentImage(
  source: Float32Array,
  target: Float32Array,
  { height, width }: NetworkTask,
  { random, isPaired, isSleeved }: Chance,
): void {
  if (bendImage(source, target, width, height, random)) source.set(target)
  if (isSleeved) spreadSleeves(source, width, height, random)
  if (isPaired) standUp(source, width, height, random)
  warpImage(source, target, width, height, drawWarp(random))
  changeTones(target, random)
  leaveRemnants(target, width, height, random)
}

/** One 32-bit seed from three numbers that differ little. Source of the mixing: MurmurHash3's finaliser. */
function mix(...parts: readonly number[]): number {
  return parts.reduce((hash, part) => {
    let h = (Math.imul(hash, 0x9e3779b1) ^ part) >>> 0
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return (h ^ (h >>> 16)) >>> 0
  }, 0x2545f491)
}
