// Shirts and blouses: collar, button border, curved hem, checks and flowers; sleeves long, short or half.
// The class that people and models confuse most, for some have no collar and some no buttons to see.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { mirror } from '../outline.ts'
import { seamTone, wardrobeTone } from '../tones.ts'
import { drawButtons, drawClosing, drawCollar, drawPockets } from './details.ts'
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
  ['plain', 5],
  ['check', 2],
  ['stripes', 1],
  ['flowers', 1],
  ['dots', 1],
]

export function drawShirt(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const body = bodyMeasures(random)
  const torso: Torso = { ...body, length: random.uniform(66, 78), hemCurve: random.uniform(1, 8) }
  const sleeve = chooseSleeve(random)
  drawBackNeck(random, drawing, torso, cloth)
  drawing.piece(torsoOutline(torso), cloth)
  if (sleeve !== undefined) drawSleeves(random, drawing, torso, sleeve, cloth)
  if (sleeve !== undefined && sleeve.length > 40) drawCuffs(random, drawing, torso, sleeve, tone)
  drawFront(random, drawing, torso, tone)
  if (chance(random, 0.9)) drawCollar(random, drawing, torso.neckHalf, random.uniform(4, 8), cloth)
  if (chance(random, 0.25)) {
    drawPockets(random, drawing, random.uniform(5, 8), random.uniform(20, 26), 7, tone)
  }
  return drawing
}

function chooseSleeve(random: Random): Sleeve | undefined {
  if (chance(random, 0.06)) return undefined
  if (chance(random, 0.3)) {
    return {
      length: random.uniform(16, 28),
      spread: random.uniform(0.18, 0.38),
      cuffWidth: random.uniform(13, 19),
    }
  }
  const length = chance(random, 0.2) ? random.uniform(34, 46) : random.uniform(54, 64)
  return { length, spread: random.uniform(0.04, 0.13), cuffWidth: random.uniform(7, 12) }
}

function drawCuffs(random: Random, drawing: Drawing, torso: Torso, sleeve: Sleeve, tone: number): void {
  const cuff = cuffOutline(torso, { ...sleeve, length: sleeve.length - 5 }, 1.2)
  const edge = seamTone(random, tone)
  drawing.mark(cuff, edge, 0.5)
  drawing.mark(mirror(cuff), edge, 0.5)
}

function drawFront(random: Random, drawing: Drawing, torso: Torso, tone: number): void {
  if (chance(random, 0.1)) return
  const bottom = chance(random, 0.85) ? torso.length : torso.length * 0.45
  if (chance(random, 0.9)) {
    drawClosing(drawing, seamTone(random, tone), torso.neckDepth, bottom, random.uniform(1.8, 3.4))
  }
  if (chance(random, 0.75)) {
    drawButtons(drawing, seamTone(random, tone), torso.neckDepth + 3, bottom - 4, random.uniform(6, 9))
  }
}
