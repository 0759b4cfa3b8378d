// What a training leaves as it is. An adaptation has a few dozen photos, which teach a classifier well what the features of
// its run look like in photos, and features badly: there are far more of them than photos to learn them from.
// Source: Kumar and others 2022, "Fine-tuning can distort pretrained features and underperform out-of-distribution"; both
// ways are measured in docs/photos.md.
import type { Experiment } from '../../experiment.ts'
import type { Network } from '../models/network.ts'

/** Weight and bias of the last layer. */
const CLASSIFIER = 2

/** How many parameters, the first ones in the order of `listParameters`, a training does not change. */
export function countHeld({ adaptation }: Pick<Experiment, 'adaptation'>, network: Network): number {
  if (adaptation === null) return 0
  return network.layers.flatMap(({ parameters }) => parameters).length - CLASSIFIER
}
