// Bags: a body of many shapes with a handle, two straps or none; flap, clasp, seams, pockets.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave, type Cloth } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { band, box, Pen, type Outline } from '../outline.ts'
import { contrastingTone, seamTone, wardrobeTone } from '../tones.ts'

const PRINTS: Shares<Print> = [
  ['plain', 5],
  ['melange', 1],
  ['flowers', 1],
  ['blocks', 1],
  ['stripes', 1],
  ['check', 1],
]

/** Half the width at the top and at the bottom, and the height; the top edge lies at y = 0. */
interface Body {
  readonly topHalf: number
  readonly bottomHalf: number
  readonly height: number
  readonly bow: number
}

export function drawBag(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const body = shape(random)
  if (chance(random, 0.65)) drawHandle(random, drawing, body, cloth)
  if (chance(random, 0.3)) drawShoulderStrap(random, drawing, body, cloth)
  drawing.piece(bodyOutline(body), cloth)
  if (chance(random, 0.4)) drawFlap(random, drawing, body, cloth, tone)
  if (chance(random, 0.5)) drawSeams(random, drawing, body, tone)
  if (chance(random, 0.5)) drawClasp(random, drawing, body, tone)
  return drawing
}

function shape(random: Random): Body {
  const topHalf = random.uniform(10, 19)
  return {
    topHalf,
    bottomHalf: topHalf + random.uniform(-3, 4),
    height: random.uniform(13, 34),
    bow: chance(random, 0.3) ? random.uniform(2, 8) : random.uniform(-1.5, 1),
  }
}

function bodyOutline({ topHalf, bottomHalf, height, bow }: Body): Outline {
  const round = 2.5
  return new Pen(0, -bow)
    .curve(topHalf * 0.8, -bow, topHalf, bow > 1 ? 2 : 0)
    .line(bottomHalf, height - round)
    .curve(bottomHalf, height, bottomHalf - round, height)
    .line(0, height)
    .closeMirrored()
}

/** One arch over the bag, or the second one behind it as well. */
function drawHandle(random: Random, drawing: Drawing, body: Body, cloth: Cloth): void {
  const half = body.topHalf * random.uniform(0.35, 0.8)
  const height = random.uniform(7, 24)
  const width = random.uniform(1.2, 2.6)
  const gain = random.uniform(0.6, 1.1)
  const arch = (shift: number) =>
    band(
      new Pen(shift - half, 1)
        .curve(shift - half, -height, shift, -height)
        .curve(shift + half, -height, shift + half, 1)
        .close(),
      width,
    )
  if (chance(random, 0.25)) drawing.piece(arch(random.uniform(1.5, 4)), cloth, gain * 0.7)
  drawing.piece(arch(0), cloth, gain)
}

/** A long strap hanging down at both sides. */
function drawShoulderStrap(random: Random, drawing: Drawing, body: Body, cloth: Cloth): void {
  const out = body.bottomHalf + random.uniform(1.5, 4)
  const low = body.height * random.uniform(0.4, 1)
  const width = random.uniform(0.9, 1.8)
  const gain = random.uniform(0.6, 1.1)
  const strap = (side: 1 | -1) =>
    band(new Pen(side * body.topHalf, 1).curve(side * out, 2, side * out, low).close(), width)
  drawing.piece(strap(1), cloth, gain)
  drawing.piece(strap(-1), cloth, gain)
}

function drawFlap(
  random: Random,
  drawing: Drawing,
  { topHalf, height, bow }: Body,
  cloth: Cloth,
  tone: number,
): void {
  const low = height * random.uniform(0.35, 0.7)
  const flap = new Pen(0, -bow)
    .curve(topHalf * 0.8, -bow, topHalf, 0)
    .line(topHalf, low * 0.7)
    .curve(topHalf * 0.8, low, 0, low)
  drawing.piece(flap.closeMirrored(), cloth, random.uniform(0.75, 1.15))
  const edge = new Pen(-topHalf, low * 0.7)
    .curve(-topHalf * 0.8, low, 0, low)
    .curve(topHalf * 0.8, low, topHalf, low * 0.7)
  drawing.mark(band(edge.close(), 1.1), seamTone(random, tone), 0.8)
}

/** Two seams down, one across, or a pocket. */
function drawSeams(
  random: Random,
  drawing: Drawing,
  { topHalf, bottomHalf, height }: Body,
  tone: number,
): void {
  const edge = seamTone(random, tone)
  const kind = random.below(3)
  const place = random.uniform(0.45, 0.8)
  if (kind === 0) {
    drawing.mark(band([topHalf * place, 0, bottomHalf * place, height], 1.1), edge, 0.7)
    drawing.mark(band([-topHalf * place, 0, -bottomHalf * place, height], 1.1), edge, 0.7)
  } else if (kind === 1) {
    drawing.mark(box(-topHalf, height * 0.25, topHalf, height * 0.25 + 1.2), edge, 0.8)
  } else {
    const half = topHalf * place
    drawing.mark(box(-half, height * 0.45, half, height * 0.88), edge, 0.5)
  }
}

function drawClasp(random: Random, drawing: Drawing, { height }: Body, tone: number): void {
  const metal = contrastingTone(random, tone, 0.2)
  const half = random.uniform(0.8, 2.2)
  const y = height * random.uniform(0.2, 0.6)
  drawing.mark(box(-half, y - half, half, y + half), metal, 0.95)
}
