// What tailors put on a front: closings, buttons, collars, pockets, pictures.
import type { Random } from '../../../random.ts'
import { chance } from '../choice.ts'
import type { Cloth } from '../cloth.ts'
import type { Drawing } from '../drawing.ts'
import { band, box, ellipse, mirror, Pen } from '../outline.ts'
import { contrastingTone, seamTone } from '../tones.ts'

/** A row of buttons down the middle. */
export function drawButtons(
  drawing: Drawing,
  tone: number,
  top: number,
  bottom: number,
  distance: number,
): void {
  const half = 1.1
  for (let y = top; y < bottom; y += distance) drawing.mark(box(-half, y - half, half, y + half), tone, 0.9)
}

/** The edge of one front upon the other, or a zip. */
export function drawClosing(
  drawing: Drawing,
  tone: number,
  top: number,
  bottom: number,
  width: number,
): void {
  drawing.mark(band([0, top, 0, bottom], width), tone, 0.85)
}

/** A turned-down collar: two wings from the neck; `size` is the length of their points. */
export function drawCollar(
  random: Random,
  drawing: Drawing,
  neckHalf: number,
  size: number,
  cloth: Cloth,
): void {
  const gain = random.uniform(0.8, 1.15)
  const stand = new Pen(0, 3)
    .line(neckHalf, 2)
    .line(neckHalf - 1.5, -2.5)
    .line(0, -2)
    .closeMirrored()
  drawing.piece(stand, cloth, gain * random.uniform(0.6, 1))
  const spread = random.uniform(0.5, 1)
  const wing = new Pen(0.3, size * 0.8)
    .line(neckHalf * spread, size * 1.2)
    .line(neckHalf + 1.5, -0.5)
    .line(neckHalf - 2, -2.5)
    .close()
  drawing.piece(wing, cloth, gain)
  drawing.piece(mirror(wing), cloth, gain)
  const edge = band([0.3, size * 0.8, neckHalf * spread, size * 1.2, neckHalf + 1.5, -0.5], 1.1)
  const shade = random.uniform(0.25, 0.7)
  drawing.mark(edge, 0.1, shade)
  drawing.mark(mirror(edge), 0.1, shade)
}

/** A hood that lies behind the neck and rises over it, dark inside. */
export function drawHood(random: Random, drawing: Drawing, neckHalf: number, cloth: Cloth): void {
  const half = neckHalf + random.uniform(2, 6.5)
  const height = random.uniform(5, 15)
  const hood = new Pen(0, 13)
    .line(half, 6.5)
    .curve(half + 1, -height, 0, -height)
    .closeMirrored()
  drawing.piece(hood, cloth, random.uniform(0.75, 1.05))
  const inside = new Pen(0, 11)
    .curve(half, 4, half * 0.6, -height / 2)
    .line(0, -height / 2)
    .closeMirrored()
  drawing.mark(inside, 0.1, random.uniform(0.3, 0.7))
}

/** A pocket on each side, or on the wearer's left only. */
export function drawPockets(
  random: Random,
  drawing: Drawing,
  x: number,
  y: number,
  size: number,
  tone: number,
): void {
  const edge = seamTone(random, tone)
  const pocket = box(x, y, x + size, y + 1.5)
  drawing.mark(pocket, edge, 0.8)
  if (chance(random, 0.7)) drawing.mark(mirror(pocket), edge, 0.8)
}

/** A picture, an emblem or a line of letters on the chest. */
export function drawMotif(random: Random, drawing: Drawing, half: number, y: number, tone: number): void {
  const ink = contrastingTone(random, tone, 0.2)
  const kind = random.below(4)
  if (kind === 0) drawLetters(random, drawing, half, y, ink)
  else if (kind === 1) drawing.mark(ellipse(0, y + half * 0.6, half, half), ink, 0.9)
  else if (kind === 2) drawEmblem(random, drawing, half, y, ink, tone)
  else drawing.mark(box(half * 0.4, y, half * 0.4 + 4, y + 4), ink, 0.9)
}

function drawLetters(random: Random, drawing: Drawing, half: number, y: number, ink: number): void {
  const height = random.uniform(3, 6)
  for (let x = -half; x < half; x += 3.4) {
    const top = y + random.uniform(0, 1.2)
    drawing.mark(box(x, top, x + random.uniform(1.5, 3), top + height), ink, random.uniform(0.5, 1))
  }
}

function drawEmblem(
  random: Random,
  drawing: Drawing,
  half: number,
  y: number,
  ink: number,
  ground: number,
): void {
  const height = random.uniform(5, 16)
  drawing.mark(box(-half, y, half, y + height), ink, 0.95)
  drawing.mark(box(-half * 0.6, y + height * 0.3, half * 0.6, y + height * 0.7), ground, 0.8)
}
