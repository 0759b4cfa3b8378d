// Numbers as colours: nothing is the colour of the ground, more and more above it blue, below it orange. One scale for all
// maps that are compared, from -limit to limit.

/** Of -255..255 in steps of one, as pixels in the byte order of little-endian machines. */
export type Palette = Uint32Array

type Colour = readonly [number, number, number]

const STEPS = 255

/** @param read gives the colour of a token as `rgb(…)` */
export function buildPalette(read: (token: string) => string): Palette {
  const colour = (name: string): Colour => parseColour(read(`--map-${name}`))
  const zero = colour('zero')
  const above = [zero, colour('above-half'), colour('above')] as const
  const below = [zero, colour('below-half'), colour('below')] as const
  return Uint32Array.from({ length: 2 * STEPS + 1 }, (_, index) => {
    const step = index - STEPS
    return toPixel(mix(step < 0 ? below : above, Math.abs(step) / STEPS))
  })
}

/** What is not a number is drawn as nothing. */
export function colourOf(palette: Palette, value: number, limit: number): number {
  const share = limit > 0 && !Number.isNaN(value) ? Math.max(-1, Math.min(1, value / limit)) : 0
  return palette[Math.round(share * STEPS) + STEPS] ?? 0
}

/** For a style property: 'rgb(1 2 3)'. */
export function writeColour(pixel: number): string {
  return `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`
}

/** Whether black ink has more contrast on it than white (by WCAG's relative luminance). */
export function isBright(pixel: number): boolean {
  const [red = 0, green = 0, blue = 0] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255].map(
    (tone) => {
      const share = tone / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    },
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179
}

/** @param values row after row */
export function paintMap(
  values: ArrayLike<number>,
  width: number,
  height: number,
  limit: number,
  palette: Palette,
): ImageData {
  const picture = new ImageData(width, height)
  const pixels = new Uint32Array(picture.data.buffer)
  for (let at = 0; at < pixels.length; at++) pixels[at] = colourOf(palette, values[at] ?? NaN, limit)
  return picture
}

/** The largest size of any value: what a scale must reach. */
export function limitOf(values: ArrayLike<number>): number {
  let limit = 0
  for (let at = 0; at < values.length; at++) limit = Math.max(limit, Math.abs(values[at] ?? 0) || 0)
  return limit
}

function mix([from, half, to]: readonly [Colour, Colour, Colour], share: number): Colour {
  const [low, high, part] = share < 0.5 ? [from, half, share * 2] : [half, to, share * 2 - 1]
  const blend = (place: 0 | 1 | 2): number => Math.round(low[place] + (high[place] - low[place]) * part)
  return [blend(0), blend(1), blend(2)]
}

function toPixel([red, green, blue]: Colour): number {
  return (0xff00_0000 | (blue << 16) | (green << 8) | red) >>> 0
}

function parseColour(text: string): Colour {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number)
  return [red, green, blue]
}
