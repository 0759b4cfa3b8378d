// Trousers: a waistband, two legs from skinny to flared, a fly, pockets, rubbed denim.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { band, box, mirror, Pen } from '../outline.ts'
import { seamTone, wardrobeTone } from '../tones.ts'

const PRINTS: Shares<Print> = [
  ['worn', 3],
  ['plain', 2],
  ['melange', 1],
  ['stripes', 1],
  ['flowers', 1],
]

export function drawTrouser(random: Random): Drawing {
  const drawing = new Drawing()
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const waistHalf = random.uniform(15, 20)
  const hipHalf = waistHalf + random.uniform(1, 4)
  const crotch = random.uniform(22, 32)
  // Some are cut off at the knee or the calf.
  const length = chance(random, 0.08) ? random.uniform(55, 80) : random.uniform(95, 112)
  const footOuter = hipHalf - random.uniform(-2, 7)
  const footInner = footOuter - random.uniform(8, 13)
  const kneeInner = random.uniform(1, 3.5)
  const leg = new Pen(0, 0)
    .line(waistHalf, 0)
    .curve(hipHalf + 1, crotch * 0.5, hipHalf, crotch)
    .curve(hipHalf - random.uniform(0, 3), length * 0.6, footOuter, length)
    .line(Math.max(0.5, footInner), length)
    .curve(kneeInner, length * 0.55, 0, crotch)
    .close()
  drawing.piece(leg, cloth)
  drawing.piece(mirror(leg), cloth, random.uniform(0.9, 1.1))
  drawSeams(random, drawing, waistHalf, crotch, tone)
  if (chance(random, 0.35)) drawCreases(random, drawing, hipHalf, length, tone)
  return drawing
}

function drawSeams(random: Random, drawing: Drawing, waistHalf: number, crotch: number, tone: number): void {
  const edge = seamTone(random, tone)
  if (chance(random, 0.8)) drawing.mark(box(-waistHalf, 3.5, waistHalf, 5), edge, random.uniform(0.3, 0.9))
  if (chance(random, 0.7)) drawing.mark(band([0, 0, 0, crotch], 1.5), edge, 0.7)
  if (chance(random, 0.5)) {
    const pocket = band(
      new Pen(waistHalf * 0.45, 4).curve(waistHalf * 0.6, 13, waistHalf + 1, 14).close(),
      1.4,
    )
    drawing.mark(pocket, edge, 0.6)
    drawing.mark(mirror(pocket), edge, 0.6)
  }
}

/** The pressed crease down each leg. */
function drawCreases(random: Random, drawing: Drawing, hipHalf: number, length: number, tone: number): void {
  const crease = band([hipHalf * 0.55, 25, hipHalf * 0.6, length * 0.95], 1.8)
  const edge = seamTone(random, tone)
  drawing.mark(crease, edge, 0.5)
  drawing.mark(mirror(crease), edge, 0.5)
}
