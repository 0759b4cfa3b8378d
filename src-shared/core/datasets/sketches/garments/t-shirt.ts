// T-shirts and tops: short sleeves, caps or none, a straight body, often something printed on the chest.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { wardrobeTone } from '../tones.ts'
import { drawMotif } from './details.ts'
import { bodyMeasures, drawBackNeck, drawSleeves, torsoOutline, type Sleeve, type Torso } from './torso.ts'

const PRINTS: Shares<Print> = [
  ['plain', 5],
  ['melange', 1],
  ['hoops', 1],
  ['flowers', 1],
  ['blocks', 1],
]

export function drawTShirt(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const sleeve = chooseSleeve(random)
  const torso = cut(random, sleeve === undefined)
  drawBackNeck(random, drawing, torso, cloth)
  drawing.piece(torsoOutline(torso), cloth)
  if (sleeve !== undefined) drawSleeves(random, drawing, torso, sleeve, cloth)
  if (chance(random, 0.5)) {
    drawMotif(random, drawing, random.uniform(4, 11), torso.neckDepth + random.uniform(6, 16), tone)
  }
  return drawing
}

function cut(random: Random, sleeveless: boolean): Torso {
  const body = bodyMeasures(random)
  // One in twelve is a long top that could be a dress.
  const length = chance(random, 0.08) ? random.uniform(78, 95) : random.uniform(58, 74)
  if (!sleeveless) return { ...body, length }
  return {
    ...body,
    length,
    shoulderHalf: body.chestHalf - random.uniform(3, 7),
    neckHalf: random.uniform(5, 8),
    neckDepth: random.uniform(7, 16),
  }
}

function chooseSleeve(random: Random): Sleeve | undefined {
  if (chance(random, 0.14)) return undefined
  if (chance(random, 0.05)) {
    return { length: random.uniform(40, 58), spread: random.uniform(0.05, 0.15), cuffWidth: 9 }
  }
  return {
    length: random.uniform(14, 25),
    spread: random.uniform(0.2, 0.42),
    cuffWidth: random.uniform(13, 19),
  }
}
