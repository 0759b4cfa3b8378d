// Grey to ink: 0 where there is nothing, 255 for the strongest tone, as the dataset has it. The dataset negates photos of
// garments on white; here dark becomes light where the garment is darker than what lies behind it.
import type { PreparationSettings } from '../../preparation.ts'

export interface ToneChoice {
  readonly inverted: boolean
  /** Greys between which ink is measured: the one is none of it, the other all. */
  readonly black: number
  readonly white: number
}

/** Greys of a photo, 0..255. */
export interface Greys {
  readonly garment: number
  readonly background: number
  /** Of the garment's darkest and lightest twentieth. */
  readonly darkest: number
  readonly lightest: number
}

/** From these greys on a background is taken for the zero of the scale, as the dataset's white is. */
const LIGHT = 170
const DARK = 85

/**
 * A light or dark background counts as no ink, but never so that parts of a garment as light or as dark as it are lost.
 * @param isExact the dataset's own recipe, in which what is as light as the background is none of the garment
 */
export function chooseTones(
  { invert }: PreparationSettings,
  { garment, background, darkest, lightest }: Greys,
  isExact: boolean,
): ToneChoice {
  const inverted = invert === 'automatic' ? garment <= background : invert === 'always'
  const white = background >= LIGHT ? background : 255
  const black = background <= DARK ? background : 0
  if (isExact) return { inverted, black, white }
  return { inverted, black: Math.min(black, darkest), white: Math.max(white, lightest) }
}

/** The tone of a pixel, 0..255. */
export function toTone(grey: number, { inverted, black, white }: ToneChoice): number {
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
