// Ankle boots: a shaft over the ankle on a flat sole, a block or a stiletto; elastic sides, laces, zips.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { band, Pen, type Outline } from '../outline.ts'
import { contrastingTone, seamTone, wardrobeTone } from '../tones.ts'
import { flatSole, heel, raisedSole } from './shoe.ts'

const PRINTS: Shares<Print> = [
  ['plain', 5],
  ['melange', 1],
  ['worn', 1],
  ['flowers', 1],
]

interface Last {
  readonly sole: number
  readonly heelHeight: number
  readonly shaftHeight: number
  readonly shaftFront: number
  readonly toeHeight: number
}

export function drawAnkleBoot(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const last = shape(random)
  drawBottom(random, drawing, last, chance(random, 0.5) ? tone : wardrobeTone(random))
  drawing.piece(upper(random, last), cloth)
  drawClosing(random, drawing, last, tone)
  if (chance(random, 0.4)) {
    drawing.mark(
      band([last.shaftFront, -last.shaftHeight + 1.6, 27, -last.shaftHeight + 1.6], 0.9),
      seamTone(random, tone),
      0.7,
    )
  }
  return drawing
}

function shape(random: Random): Last {
  const sole = random.uniform(0.8, 2.6)
  const heelHeight = chance(random, 0.6) ? random.uniform(0, 2.5) : random.uniform(3, 11)
  // The lowest are hardly higher than a sneaker.
  const shaft = chance(random, 0.12) ? random.uniform(8, 11) : random.uniform(11.5, 20)
  return {
    sole,
    heelHeight,
    shaftHeight: sole + heelHeight + shaft,
    shaftFront: random.uniform(12.5, 17),
    toeHeight: sole + random.uniform(2.5, 4.5),
  }
}

function drawBottom(random: Random, drawing: Drawing, { sole, heelHeight }: Last, tone: number): void {
  if (heelHeight < 1) {
    drawing.mark(flatSole(sole + heelHeight, random.uniform(0, 1)), tone)
    return
  }
  drawing.mark(raisedSole(sole, heelHeight), tone)
  const foot = heelHeight > 5 ? random.uniform(1, 5) : random.uniform(4, 8)
  drawing.mark(heel(heelHeight, Math.max(foot + 1, 5), foot), tone)
}

function upper(random: Random, { sole, heelHeight, shaftHeight, shaftFront, toeHeight }: Last): Outline {
  const lift = heelHeight < 1 ? 0 : heelHeight
  const back = random.uniform(26, 27.5)
  return new Pen(0.5, -sole)
    .curve(0.3, -toeHeight, 5, -toeHeight - 0.5)
    .curve(
      shaftFront - 2,
      -toeHeight - 2 - lift * 0.6,
      shaftFront - random.uniform(0, 1),
      -toeHeight - 4.5 - lift * 0.7,
    )
    .line(shaftFront, -shaftHeight)
    .curve(
      (shaftFront + back) / 2,
      -shaftHeight + random.uniform(-0.5, 1.5),
      back,
      -shaftHeight + random.uniform(-1, 0.5),
    )
    .curve(back - random.uniform(0, 1.5), -lift - sole - 4, 27, -lift - sole + 0.3)
    .line(19, -lift - sole + 0.3)
    .curve(14, -sole + 0.3, 9, -sole + 0.3)
    .close()
}

/** Elastic at the side, laces up the front, a zip, a strap, or nothing. */
function drawClosing(random: Random, drawing: Drawing, last: Last, tone: number): void {
  const { shaftHeight, shaftFront, toeHeight } = last
  const ink = contrastingTone(random, tone, 0.12)
  const low = -toeHeight - last.heelHeight - 3
  const kind = random.below(5)
  if (kind === 0) {
    drawing.mark(
      new Pen(shaftFront + 3, -shaftHeight)
        .line(shaftFront + 8, -shaftHeight)
        .line(shaftFront + 6, low)
        .line(shaftFront + 5, low)
        .close(),
      ink,
      0.8,
    )
  } else if (kind === 1) {
    for (let y = low; y > -shaftHeight + 1; y -= 2.2) {
      drawing.mark(band([shaftFront - 1, y, shaftFront + 2.2, y + 1], 0.9), ink, 0.85)
    }
  } else if (kind === 2) {
    drawing.mark(band([shaftFront + 6, -shaftHeight, shaftFront + 5, low + 2], 0.9), ink, 0.7)
  } else if (kind === 3) {
    drawing.mark(band([shaftFront - 1, low - 1, 26.5, low - 2], random.uniform(1, 1.8)), ink, 0.8)
  }
}
