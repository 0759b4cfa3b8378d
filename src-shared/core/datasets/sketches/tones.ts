// Greys of a wardrobe. Fashion-MNIST is negated, so black clothes are bright (near 1) and pale ones dark.
import type { Random } from '../../random.ts'

/** Tones leave Fashion-MNIST's shares: half of all items above 0.7, one in ten below 0.35. */
const BRIGHTEST = 0.95
const RANGE = 0.77

export function wardrobeTone(random: Random): number {
  const unit = random.uniform(0, 1)
  return BRIGHTEST - RANGE * unit * unit
}

/** No print or trimming differs more from its ground. */
const GREATEST_CONTRAST = 0.5
/** Cloth below this would be taken for the background. */
const DARKEST = 0.12

/** A tone that stands out from another by `difference` or more, on the side with room for it. */
export function contrastingTone(random: Random, tone: number, difference: number): number {
  const contrast = difference + random.uniform(0, GREATEST_CONTRAST - difference)
  return tone > 0.5 ? Math.max(DARKEST, tone - contrast) : tone + contrast
}

/** Seams, folds and buttons: bright on pale clothes, dark on black ones, weak or strong. */
export function seamTone(random: Random, tone: number): number {
  const depth = random.uniform(0.18, 0.48)
  return tone > 0.5 ? tone - depth : tone + depth
}
