// Pullovers: long sleeves, ribbed hem and cuffs, round or V neck, polo neck or hood; knitted or printed.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave, type Cloth } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { band, box, mirror, Pen } from '../outline.ts'
import { seamTone, wardrobeTone } from '../tones.ts'
import { drawHood, drawMotif } from './details.ts'
import {
  bodyMeasures,
  cuffOutline,
  drawBackNeck,
  drawSleeves,
  torsoOutline,
  type Sleeve,
  type Torso,
} from './torso.ts'

const PRINTS: Shares<Print> = [
  ['plain', 4],
  ['melange', 2],
  ['hoops', 1],
  ['flowers', 1],
  ['blocks', 1],
]

export function drawPullover(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const torso: Torso = { ...bodyMeasures(random), length: random.uniform(52, 64) }
  const sleeve: Sleeve = {
    length: chance(random, 0.1) ? random.uniform(36, 48) : random.uniform(54, 63),
    spread: random.uniform(0.07, 0.2),
    cuffWidth: random.uniform(7, 12),
  }
  const hooded = chance(random, 0.15)
  if (hooded) drawHood(random, drawing, torso.neckHalf, cloth)
  else drawBackNeck(random, drawing, torso, cloth)
  drawing.piece(torsoOutline(torso), cloth)
  drawSleeves(random, drawing, torso, sleeve, cloth)
  if (chance(random, 0.8)) drawRibs(random, drawing, torso, sleeve, tone)
  if (!hooded && chance(random, 0.6)) drawNeckband(random, drawing, torso, cloth)
  if (chance(random, 0.25)) {
    drawMotif(random, drawing, random.uniform(6, 13), torso.neckDepth + random.uniform(6, 14), tone)
  }
  return drawing
}

function drawRibs(random: Random, drawing: Drawing, torso: Torso, sleeve: Sleeve, tone: number): void {
  const edge = seamTone(random, tone)
  const opacity = random.uniform(0.5, 0.95)
  const hemTop = torso.length - torso.hemCurve - random.uniform(3, 7)
  drawing.mark(box(-torso.hemHalf, hemTop, torso.hemHalf, hemTop + 2.2), edge, opacity)
  const cuff = cuffOutline(torso, { ...sleeve, length: sleeve.length - 3 }, 2.2)
  drawing.mark(cuff, edge, opacity)
  drawing.mark(mirror(cuff), edge, opacity)
}

/** A ribbed band around the neck, or a polo neck that stands up. */
function drawNeckband(random: Random, drawing: Drawing, torso: Torso, cloth: Cloth): void {
  const gain = random.uniform(0.7, 1.2)
  const { neckHalf, neckDepth } = torso
  if (chance(random, 0.2)) {
    drawing.piece(box(-neckHalf, -random.uniform(3, 7), neckHalf, neckDepth * 0.7), cloth, gain)
    return
  }
  const half = new Pen(-neckHalf, 0)
  if (torso.neck === 'round') {
    half.curve(-neckHalf, neckDepth, 0, neckDepth).curve(neckHalf, neckDepth, neckHalf, 0)
  } else {
    half.line(0, neckDepth).line(neckHalf, 0)
  }
  drawing.piece(band(half.close(), 2.2), cloth, gain)
}
