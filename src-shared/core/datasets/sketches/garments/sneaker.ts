// Sneakers: a low upper on a thick sole, laces over the instep, stripes at the side; a few rise to the ankle.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { band, Pen, type Outline } from '../outline.ts'
import { contrastingTone, seamTone, wardrobeTone } from '../tones.ts'
import { flatSole, SHOE_LENGTH } from './shoe.ts'

const PRINTS: Shares<Print> = [
  ['plain', 5],
  ['melange', 1],
  ['worn', 1],
  ['flowers', 1],
]

interface Last {
  readonly sole: number
  readonly toeHeight: number
  readonly throatX: number
  readonly throatHeight: number
  readonly collarX: number
  readonly heelHeight: number
}

export function drawSneaker(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const last = shape(random)
  const soleTone = chance(random, 0.5) ? seamTone(random, tone) : wardrobeTone(random)
  drawing.mark(flatSole(last.sole, random.uniform(0, 1.5)), soleTone)
  drawing.piece(upper(last), cloth)
  if (chance(random, 0.7)) drawPanels(random, drawing, last, tone)
  if (chance(random, 0.7)) drawLaces(random, drawing, last, tone)
  if (chance(random, 0.5)) drawStripes(random, drawing, last, tone)
  drawing.mark(band([0.5, -last.sole, SHOE_LENGTH - 0.3, -last.sole], 0.6), 0.1, random.uniform(0, 0.6))
  return drawing
}

function shape(random: Random): Last {
  const sole = random.uniform(1.2, 3.2)
  const high = chance(random, 0.1)
  const heelHeight = sole + (high ? random.uniform(11, 16) : random.uniform(5.5, 8.5))
  return {
    sole,
    toeHeight: sole + random.uniform(2, 4),
    throatX: random.uniform(9, 12),
    throatHeight: sole + random.uniform(4, 5.5),
    collarX: random.uniform(15, 18),
    heelHeight,
  }
}

function upper({ sole, toeHeight, throatX, throatHeight, collarX, heelHeight }: Last): Outline {
  return new Pen(0.4, -sole + 0.2)
    .curve(0, -toeHeight, 5, -toeHeight)
    .curve(throatX - 1, -throatHeight + 0.5, throatX, -throatHeight)
    .line(collarX, -heelHeight - 1)
    .curve(collarX + 4, -heelHeight + 2.6, SHOE_LENGTH - 2, -heelHeight)
    .curve(SHOE_LENGTH - 0.5, -heelHeight * 0.6, SHOE_LENGTH - 0.4, -sole + 0.2)
    .close()
}

/** The cap over the toe and the counter behind the heel. */
function drawPanels(
  random: Random,
  drawing: Drawing,
  { sole, toeHeight, heelHeight }: Last,
  tone: number,
): void {
  const panel = chance(random, 0.5) ? contrastingTone(random, tone, 0.1) : seamTone(random, tone)
  const opacity = random.uniform(0.3, 0.9)
  drawing.mark(new Pen(1, -sole).curve(1, -toeHeight, 5, -toeHeight).line(6.5, -sole).close(), panel, opacity)
  drawing.mark(
    new Pen(22, -sole)
      .curve(23, -heelHeight * 0.7, 26, -heelHeight)
      .line(27.4, -sole)
      .close(),
    panel,
    opacity,
  )
}

function drawLaces(random: Random, drawing: Drawing, last: Last, tone: number): void {
  const lace = contrastingTone(random, tone, 0.15)
  const count = 3 + random.below(2)
  for (let i = 0; i < count; i++) {
    const share = (i + 0.3) / count
    const x = last.throatX + (last.collarX - last.throatX) * share
    const y = -last.throatHeight - (last.heelHeight + 1 - last.throatHeight) * share
    drawing.mark(band([x - 0.3, y + 0.5, x + 2.2, y + 2.4], 0.8), lace, 0.85)
  }
}

/** The maker's mark: slanting bars, or one long curve. */
function drawStripes(random: Random, drawing: Drawing, { sole, heelHeight }: Last, tone: number): void {
  const ink = contrastingTone(random, tone, 0.15)
  const top = -sole - (heelHeight - sole) * 0.6
  if (chance(random, 0.4)) {
    drawing.mark(band(new Pen(11, top + 1.5).curve(13, -sole, 24, top - 0.5).close(), 1.3), ink, 0.9)
    return
  }
  const lean = random.uniform(-2.5, 2.5)
  const count = 1 + random.below(3)
  for (let i = 0; i < count; i++) {
    const x = 14 + 2.4 * i
    drawing.mark(band([x + lean, top, x, -sole], 1.2), ink, 0.9)
  }
}
