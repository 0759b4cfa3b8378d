// What is dyed, knitted or printed all over a cloth.
import type { Random } from '../../random.ts'
import { SIDE } from './size.ts'
import { contrastingTone } from './tones.ts'
import { valueNoise } from './value-noise.ts'

export type Print =
  | 'plain'
  | 'melange'
  | 'hoops' // stripes across
  | 'stripes' // stripes along
  | 'check'
  | 'dots'
  | 'flowers'
  | 'blocks' // two tones, one below the other
  | 'fade' // from one tone to another
  | 'worn' // like jeans: lighter where they rub

/** The tone at a pixel. Lengths in this file are pixels: a print does not shrink with its garment. */
type Tones = (x: number, y: number) => number

/** The tone of every pixel of a cloth that is `tone` on the whole. */
export function dye(random: Random, tone: number, print: Print): Tones {
  switch (print) {
    case 'plain':
      return () => tone
    case 'melange':
      return melange(random, tone)
    case 'hoops':
      return hoops(random, tone)
    case 'stripes':
      return stripes(random, tone)
    case 'check':
      return check(random, tone)
    case 'dots':
      return dots(random, tone)
    case 'flowers':
      return flowers(random, tone)
    case 'blocks':
      return blocks(random, tone)
    case 'fade':
      return fade(random, tone)
    case 'worn':
      return worn(random, tone)
    default:
      return print satisfies never
  }
}

function melange(random: Random, tone: number): Tones {
  const depth = random.uniform(0.03, 0.1)
  return () => tone + random.uniform(-depth, depth)
}

function hoops(random: Random, tone: number): Tones {
  const other = contrastingTone(random, tone, 0.12)
  const inStripe = periodic(random, 2.2, 8)
  return (_x, y) => (inStripe(y) ? other : tone)
}

function stripes(random: Random, tone: number): Tones {
  const other = contrastingTone(random, tone, 0.1)
  const inStripe = periodic(random, 2, 5)
  return (x) => (inStripe(x) ? other : tone)
}

function check(random: Random, tone: number): Tones {
  const other = contrastingTone(random, tone, 0.15)
  const across = periodic(random, 3, 7)
  const down = periodic(random, 3, 7)
  const half = (tone + other) / 2
  return (x, y) => {
    if (across(x) && down(y)) return other
    return across(x) || down(y) ? half : tone
  }
}

function dots(random: Random, tone: number): Tones {
  const other = contrastingTone(random, tone, 0.1)
  const across = periodic(random, 2.2, 4)
  const down = periodic(random, 2.2, 4)
  return (x, y) => (across(x) && down(y) ? other : tone)
}

function flowers(random: Random, tone: number): Tones {
  const other = contrastingTone(random, tone, 0.2)
  const size = random.uniform(1.05, 1.9)
  const petals = valueNoise(random, size, size)
  const bare = random.uniform(-0.2, 0.3)
  const softness = random.uniform(0.2, 0.9)
  return (x, y) => {
    const share = Math.max(0, Math.min(1, (petals(x, y) - bare) / softness))
    return tone + (other - tone) * share
  }
}

function blocks(random: Random, tone: number): Tones {
  const other = contrastingTone(random, tone, 0.15)
  const first = random.uniform(5, 20)
  const second = first + random.uniform(3, 24)
  return (_x, y) => (y > first && y < second ? other : tone)
}

function fade(random: Random, tone: number): Tones {
  const other = contrastingTone(random, tone, 0.15)
  return (_x, y) => tone + ((other - tone) * y) / SIDE
}

function worn(random: Random, tone: number): Tones {
  const depth = random.uniform(0.1, 0.3)
  const rubbed = valueNoise(random, 3, 9)
  return (x, y) => tone - depth * Math.max(0, rubbed(x, y))
}

/** Tells for a place whether it lies in a stripe; the distance from stripe to stripe is drawn in pixels. */
function periodic(random: Random, shortest: number, longest: number): (place: number) => boolean {
  const period = random.uniform(shortest, longest)
  const phase = random.uniform(0, period)
  const share = random.uniform(0.3, 0.6)
  return (place) => {
    const stripes = (place + phase) / period
    return stripes - Math.floor(stripes) < share
  }
}
