// The noise floor of a test set: the smallest difference in accuracy that its images can show between two models.
import { smallestShownSurplus } from './mcnemar.ts'

export interface NoiseFloor {
  /** Images of the split. */
  readonly images: number
  /** Of how many of them one model is right and the other wrong. */
  readonly disagreements: number
  /** Smallest difference, 0..1, that the exact McNemar test shows at 5 %; null where none can be shown at all. */
  readonly difference: number | null
}

/** From two models whose predictions were compared. */
export function noiseFloor(images: number, disagreements: number): NoiseFloor {
  const surplus = images > 0 ? smallestShownSurplus(disagreements) : null
  return { images, disagreements, difference: surplus === null ? null : surplus / images }
}

/**
 * Where predictions are not known: the floor of two models of this accuracy that err on different images, by chance
 * alone. Real models err on the same ones, so that their floor is lower.
 */
export function assumedNoiseFloor(images: number, accuracy: number): NoiseFloor {
  return noiseFloor(images, Math.round(2 * accuracy * (1 - accuracy) * images))
}
