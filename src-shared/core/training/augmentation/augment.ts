// Training images changed at random, so that a network learns what a garment looks like in photos: turned, stretched, cut
// out badly, in other tones. What happens to an image follows from (seed, epoch, batch) and its place in the batch alone,
// so that a training that was interrupted goes on to the same bits.
// The changes are those that audit-like measurements on real photos ask for; see docs/photos.md.
import type { Experiment } from '../../../experiment.ts'
import type { NetworkTask } from '../../models/layers.ts'
import { Random } from '../../random.ts'
import { changeTones } from './tones.ts'
import { bendImage } from './bend.ts'
import { findPaired, standUp } from './pair.ts'
import { leaveRemnants } from './remnants.ts'
import { drawWarp, warpImage } from './warp.ts'

/** Changes the images of one batch in place: [batch, height, width, channels], 0..1. */
export type Augment = (values: Float32Array, labels: Int32Array, epoch: number, batch: number) => void

/**
 * Null for an experiment that trains on the images as they are.
 * @param classNames of the dataset: some kinds of things are photographed in their own way
 */
export function chooseAugmentation(
  { augmentation, adaptation, seed }: Pick<Experiment, 'augmentation' | 'adaptation' | 'seed'>,
  task: NetworkTask,
  classNames: readonly string[],
): Augment | null {
  if (augmentation === 'none') return null
  const random = new Random(0)
  const size = task.height * task.width
  const source = new Float32Array(size)
  // What photos are adapted with lies as it does in photos: to stand it up would make a pair of pairs.
  const paired = findPaired(adaptation === null ? classNames : [])
  return (values, labels, epoch, batch) => {
    random.seed(mix(seed, epoch, batch))
    labels.forEach((label, index) => {
      const image = values.subarray(index * size, (index + 1) * size)
      source.set(image)
      augmentImage(source, image, task, { random, isPaired: paired[label] === 1 })
    })
  }
}

/** From `source`, which is used up, to `target`. */
export function augmentImage(
  source: Float32Array,
  target: Float32Array,
  { height, width }: NetworkTask,
  { random, isPaired }: { readonly random: Random; readonly isPaired: boolean },
): void {
  if (bendImage(source, target, width, height, random)) source.set(target)
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
