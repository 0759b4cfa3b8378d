// Grey to ink: 0 where there is nothing, 255 for the strongest tone, as the dataset has it. The dataset negates photos of
// garments on white; here dark becomes light where the garment is darker than what lies behind it.
import type { PreparationSettings } from '../../preparation.ts'

export interface ToneChoice {
  readonly inverted: boolean
  /** Grey of the background, 0..255. */
  readonly background: number
}

/** From these greys on a background is taken for the zero of the scale, as the dataset's white is. */
const LIGHT = 170
const DARK = 85

/** @param garment, background grey 0..255 */
export function chooseInversion(
  { invert }: PreparationSettings,
  garment: number,
  background: number,
): ToneChoice {
  const inverted = invert === 'automatic' ? garment <= background : invert === 'always'
  return { inverted, background }
}

/** The tones of garment pixels, 0..255; a light or dark background counts as 0. */
export function toTone(grey: number, { inverted, background }: ToneChoice): number {
  const white = background >= LIGHT ? background : 255
  const black = background <= DARK ? background : 0
  const tone = inverted ? ((white - grey) * 255) / white : ((grey - black) * 255) / (255 - black)
  return Math.max(0, Math.min(255, tone))
}

/** Where the tones of the dataset's garments lie: the darkest and the lightest twentieth of most images. */
const DARKEST = [20, 130] as const
const LIGHTEST = [165, 250] as const
const MAX_GAIN = 2.5

/** A straight line for tones. */
export interface Stretch {
  readonly gain: number
  readonly offset: number
}

/**
 * The stretch that brings a garment's tones into the dataset's range; tones that lie there already stay.
 * @param low, high tones of the garment's darkest and lightest twentieth
 */
export function chooseStretch(low: number, high: number): Stretch {
  const toLow = Math.max(DARKEST[0], Math.min(DARKEST[1], low))
  const toHigh = Math.max(LIGHTEST[0], Math.min(LIGHTEST[1], high))
  if (toLow === low && toHigh === high) return { gain: 1, offset: 0 }
  const gain = Math.min(MAX_GAIN, (toHigh - toLow) / Math.max(1, high - low))
  return { gain, offset: (toLow + toHigh) / 2 - (gain * (low + high)) / 2 }
}
