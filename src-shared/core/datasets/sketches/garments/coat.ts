// Coats and jackets: open or closed down the front, long sleeves, lapels, hood or stand-up collar, pockets.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { box, Pen } from '../outline.ts'
import { seamTone, wardrobeTone } from '../tones.ts'
import { drawButtons, drawClosing, drawCollar, drawHood, drawPockets } from './details.ts'
import { bodyMeasures, drawBackNeck, drawSleeves, torsoOutline, type Torso } from './torso.ts'

const PRINTS: Shares<Print> = [
  ['plain', 5],
  ['melange', 1],
  ['check', 1],
  ['blocks', 1],
]

export function drawCoat(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const torso = cut(random)
  drawBackNeck(random, drawing, torso, cloth)
  if (chance(random, 0.25)) drawHood(random, drawing, torso.neckHalf, cloth)
  drawing.piece(torsoOutline(torso), cloth)
  const sleeve = {
    length: random.uniform(55, 64),
    spread: random.uniform(0.02, 0.12),
    cuffWidth: random.uniform(9, 14),
  }
  drawSleeves(random, drawing, torso, sleeve, cloth)
  drawFront(random, drawing, torso, tone)
  if (chance(random, 0.75)) drawCollar(random, drawing, torso.neckHalf, random.uniform(9, 20), cloth)
  if (chance(random, 0.5)) {
    const y = torso.length * random.uniform(0.55, 0.72)
    drawPockets(random, drawing, random.uniform(5, 9), y, random.uniform(7, 10), tone)
  }
  return drawing
}

function cut(random: Random): Torso {
  const body = bodyMeasures(random)
  const long = chance(random, 0.85)
  return {
    ...body,
    neck: 'vee',
    length: long ? random.uniform(80, 108) : random.uniform(62, 74),
    hemHalf: body.hemHalf + (long ? random.uniform(0, 4) : random.uniform(-1, 1)),
  }
}

/** What closes a coat: a dark slit, a zip, a row of buttons, a belt; now and then nothing to see. */
function drawFront(random: Random, drawing: Drawing, torso: Torso, tone: number): void {
  const edge = seamTone(random, tone)
  if (chance(random, 0.4)) {
    drawOpening(random, drawing, torso)
  } else if (chance(random, 0.93)) {
    const width = torso.length * random.uniform(0.025, 0.045)
    drawClosing(drawing, edge, torso.neckDepth, torso.length, width)
  }
  if (chance(random, 0.5)) {
    const distance = random.uniform(8, 13)
    drawButtons(drawing, seamTone(random, tone), torso.neckDepth + 4, torso.length * 0.85, distance)
  }
  if (chance(random, 0.15)) {
    drawing.mark(box(-torso.waistHalf, torso.waistDepth, torso.waistHalf, torso.waistDepth + 3.5), edge, 0.7)
  }
}

function drawOpening(random: Random, drawing: Drawing, torso: Torso): void {
  const half = random.uniform(2.5, 5.5)
  drawing.mark(
    new Pen(0, torso.neckDepth).line(half, torso.length).closeMirrored(),
    random.uniform(0.05, 0.3),
    0.95,
  )
}
