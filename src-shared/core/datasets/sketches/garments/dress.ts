// Dresses: long bodies, waists and skirts from pencil to full circle, with straps, short or long sleeves.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { band, box, mirror } from '../outline.ts'
import { seamTone, wardrobeTone } from '../tones.ts'
import { bodyMeasures, drawBackNeck, drawSleeves, torsoOutline, type Sleeve, type Torso } from './torso.ts'

const PRINTS: Shares<Print> = [
  ['plain', 5],
  ['flowers', 1],
  ['hoops', 1],
  ['fade', 1],
  ['dots', 1],
  ['blocks', 1],
]

export function drawDress(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const sleeve = chooseSleeve(random)
  const torso = cut(random, sleeve === undefined)
  drawBackNeck(random, drawing, torso, cloth)
  drawing.piece(torsoOutline(torso), cloth)
  if (sleeve !== undefined) drawSleeves(random, drawing, torso, sleeve, cloth)
  if (chance(random, 0.5)) drawWaist(random, drawing, torso, tone)
  if (chance(random, 0.4)) drawPleats(random, drawing, torso, tone)
  return drawing
}

function cut(random: Random, sleeveless: boolean): Torso {
  const body = bodyMeasures(random)
  const chestHalf = random.uniform(15.5, 21)
  const waistHalf = chestHalf - random.uniform(0.5, 5)
  return {
    ...body,
    chestHalf,
    shoulderHalf: chestHalf - (sleeveless ? random.uniform(2, 8) : random.uniform(0, 2)),
    neckHalf: sleeveless ? random.uniform(5, 7) : body.neckHalf,
    neckDepth: random.uniform(5, sleeveless ? 20 : 11),
    waistHalf,
    hemHalf: waistHalf + random.uniform(1, 16),
    length: chance(random, 0.12) ? random.uniform(74, 88) : random.uniform(86, 135),
  }
}

function chooseSleeve(random: Random): Sleeve | undefined {
  if (chance(random, 0.5)) return undefined
  if (chance(random, 0.65)) {
    return {
      length: random.uniform(9, 22),
      spread: random.uniform(0.15, 0.4),
      cuffWidth: random.uniform(11, 16),
    }
  }
  return {
    length: random.uniform(38, 60),
    spread: random.uniform(0.03, 0.15),
    cuffWidth: random.uniform(7, 12),
  }
}

/** A belt or a seam at the waist. */
function drawWaist(random: Random, drawing: Drawing, torso: Torso, tone: number): void {
  const { waistHalf, waistDepth } = torso
  drawing.mark(
    box(-waistHalf, waistDepth, waistHalf, waistDepth + random.uniform(1.5, 5)),
    seamTone(random, tone),
    random.uniform(0.3, 0.95),
  )
}

/** Folds that fan out from the waist to the hem. */
function drawPleats(random: Random, drawing: Drawing, torso: Torso, tone: number): void {
  const edge = seamTone(random, tone)
  const opacity = random.uniform(0.2, 0.6)
  const hem = torso.length - torso.hemCurve - 1
  for (let share = random.uniform(0.05, 0.3); share < 0.9; share += random.uniform(0.25, 0.45)) {
    const pleat = band([torso.waistHalf * share, torso.waistDepth + 3, torso.hemHalf * share, hem], 2)
    drawing.mark(pleat, edge, opacity)
    drawing.mark(mirror(pleat), edge, opacity)
  }
}
