// The upper body that T-shirts, pullovers, dresses, coats and shirts share: one cut with many measures.
// Centimetres; x = 0 is the middle of the body, y = 0 the top of the shoulder at the neck.
import type { Random } from '../../../random.ts'
import { chance } from '../choice.ts'
import type { Cloth } from '../cloth.ts'
import type { Drawing } from '../drawing.ts'
import { band, mirror, Pen, type Outline } from '../outline.ts'

export interface Torso {
  readonly neckHalf: number
  readonly neckDepth: number
  readonly neck: 'round' | 'vee'
  readonly shoulderHalf: number
  readonly shoulderDrop: number
  readonly armholeDepth: number
  readonly chestHalf: number
  readonly waistDepth: number
  readonly waistHalf: number
  readonly hemHalf: number
  readonly length: number
  /** How much lower the hem is in the middle than at the sides. */
  readonly hemCurve: number
}

export interface Sleeve {
  readonly length: number
  /** Tangent of half the angle to the vertical: 0 hangs straight down. */
  readonly spread: number
  readonly cuffWidth: number
}

/** The measures of a body that all upper garments start from. */
export function bodyMeasures(random: Random) {
  const chestHalf = random.uniform(16.5, 21.5)
  return {
    neckHalf: random.uniform(6, 9),
    neckDepth: random.uniform(3, 9),
    neck: chance(random, 0.75) ? 'round' : 'vee',
    shoulderHalf: chestHalf - random.uniform(-0.5, 2),
    shoulderDrop: random.uniform(3, 6),
    armholeDepth: random.uniform(19, 24),
    chestHalf,
    waistDepth: random.uniform(38, 46),
    waistHalf: chestHalf - random.uniform(-0.5, 2.5),
    hemHalf: chestHalf + random.uniform(-2, 2.5),
    hemCurve: random.uniform(-0.5, 2),
  } as const
}

export function torsoOutline(torso: Torso): Outline {
  const { neckHalf, neckDepth, shoulderHalf, chestHalf, armholeDepth, waistHalf, waistDepth } = torso
  const sideLength = torso.length - torso.hemCurve
  const neckline = new Pen(0, neckDepth)
  if (torso.neck === 'round') neckline.curve(neckHalf, neckDepth, neckHalf, 0)
  else neckline.line(neckHalf, 0)
  return neckline
    .line(shoulderHalf, torso.shoulderDrop)
    .curve(shoulderHalf - 1, armholeDepth * 0.75, chestHalf, armholeDepth)
    .curve(waistHalf, (armholeDepth + waistDepth) / 2, waistHalf, waistDepth)
    .curve(waistHalf, (waistDepth + sideLength) / 2, torso.hemHalf, sideLength)
    .curve(torso.hemHalf / 2, torso.length, 0, torso.length)
    .closeMirrored()
}

/** The right sleeve; `mirror` makes the left one. */
export function sleeveOutline(torso: Torso, sleeve: Sleeve): Outline {
  const { shoulderHalf, shoulderDrop, chestHalf, armholeDepth } = torso
  const { length, cuffWidth } = sleeve
  const { across, down } = sleeveDirection(sleeve)
  const endX = shoulderHalf + length * across
  const endY = shoulderDrop + length * down
  const innerX = endX - cuffWidth * down
  const innerY = endY + cuffWidth * across
  const bulge = 1 + length * 0.06
  return new Pen(shoulderHalf - 2, shoulderDrop - 0.5)
    .curve(
      shoulderHalf + length * 0.4 * across + bulge * down,
      shoulderDrop + length * 0.4 * down - bulge * across,
      endX,
      endY,
    )
    .line(innerX, innerY)
    .curve((innerX + chestHalf) / 2, (innerY + armholeDepth) / 2, chestHalf, armholeDepth)
    .line(shoulderHalf - 3, armholeDepth * 0.7)
    .close()
}

/** A band along the end of the right sleeve. */
export function cuffOutline(torso: Torso, sleeve: Sleeve, width: number): Outline {
  const { across, down } = sleeveDirection(sleeve)
  const middle = sleeve.length - width / 2
  const endX = torso.shoulderHalf + middle * across
  const endY = torso.shoulderDrop + middle * down
  return band([endX, endY, endX - sleeve.cuffWidth * down, endY + sleeve.cuffWidth * across], width)
}

/** Both sleeves, in their own light, with the seam that sets them in. */
export function drawSleeves(
  random: Random,
  drawing: Drawing,
  torso: Torso,
  sleeve: Sleeve,
  cloth: Cloth,
): void {
  const right = sleeveOutline(torso, sleeve)
  const gain = random.uniform(0.82, 1.08)
  drawing.piece(right, cloth, gain)
  drawing.piece(mirror(right), cloth, gain * random.uniform(0.94, 1.06))
  const { shoulderHalf, shoulderDrop, chestHalf, armholeDepth } = torso
  const middle = (shoulderDrop + armholeDepth) / 2
  const armhole = new Pen(shoulderHalf, shoulderDrop)
    .curve(shoulderHalf - 1.5, middle, chestHalf - 0.5, armholeDepth)
    .close()
  const seam = band(armhole, 1.6)
  const shade = random.uniform(0.1, 0.4)
  drawing.mark(seam, 0.15, shade)
  drawing.mark(mirror(seam), 0.15, shade)
}

/** The inside of the back, seen through the neckline. */
export function drawBackNeck(random: Random, drawing: Drawing, torso: Torso, cloth: Cloth): void {
  const { neckHalf, neckDepth } = torso
  const inside = new Pen(0, neckDepth + 2)
    .line(neckHalf + 1, 0)
    .curve(0, random.uniform(1, 5), 0, 2.5)
    .closeMirrored()
  drawing.piece(inside, cloth, random.uniform(0.35, 0.85))
}

function sleeveDirection({ spread }: Sleeve): { readonly across: number; readonly down: number } {
  const scale = 1 + spread * spread
  return { across: (2 * spread) / scale, down: (1 - spread * spread) / scale }
}
