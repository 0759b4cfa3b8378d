// Sandals: a sole and straps with the foot missing between them: thongs, slides, wedges, high heels.
import type { Random } from '../../../random.ts'
import { chance, pickByShare, type Shares } from '../choice.ts'
import { weave, type Cloth } from '../cloth.ts'
import { Drawing } from '../drawing.ts'
import type { Print } from '../prints.ts'
import { band, Pen } from '../outline.ts'
import { seamTone, wardrobeTone } from '../tones.ts'
import { flatSole, heel, raisedSole } from './shoe.ts'

const PRINTS: Shares<Print> = [
  ['plain', 3],
  ['melange', 1],
]

type SandalKind = 'thong' | 'slide' | 'trekking' | 'heeled' | 'wedge'

const KINDS: Shares<SandalKind> = [
  ['thong', 1],
  ['slide', 1],
  ['trekking', 2],
  ['heeled', 2],
  ['wedge', 1],
]

export function drawSandal(random: Random): Drawing {
  const tone = wardrobeTone(random)
  const cloth = weave(random, tone, pickByShare(random, PRINTS))
  const kind = pickByShare(random, KINDS)
  switch (kind) {
    case 'heeled':
    case 'wedge':
      return drawHeeled(random, cloth, kind === 'wedge')
    case 'thong':
      return drawThong(random, cloth)
    case 'slide':
      return drawSlide(random, cloth)
    case 'trekking':
      return drawTrekking(random, cloth, tone)
    default:
      return kind satisfies never
  }
}

function drawThong(random: Random, cloth: Cloth): Drawing {
  const drawing = new Drawing()
  const sole = random.uniform(1, 2.6)
  drawing.mark(flatSole(sole, random.uniform(0, 0.8)), wardrobeTone(random))
  const height = random.uniform(5, 11)
  const strap = new Pen(random.uniform(5, 8), -sole).curve(11, -height, random.uniform(17, 21), -sole).close()
  drawing.piece(band(strap, random.uniform(1, 2.2)), cloth)
  if (chance(random, 0.4)) drawing.piece(band([9, -sole, 11, -sole - height * 0.45], 1.1), cloth)
  return drawing
}

function drawSlide(random: Random, cloth: Cloth): Drawing {
  const drawing = new Drawing()
  const sole = random.uniform(1.5, 4)
  drawing.mark(flatSole(sole, random.uniform(0, 1)), wardrobeTone(random))
  const height = sole + random.uniform(4, 7)
  const front = random.uniform(3, 6)
  const back = front + random.uniform(9, 14)
  drawing.piece(
    new Pen(front, -sole + 0.3)
      .line(front + 2, -height + 1.5)
      .curve((front + back) / 2 + 1, -height - 1, back - 2, -height)
      .line(back, -sole + 0.3)
      .close(),
    cloth,
  )
  if (chance(random, 0.5)) {
    const gap = (front + back) / 2
    drawing.mark(band([gap, -sole, gap + 0.6, -height], random.uniform(0.8, 2)), 0.05, 0.9)
  }
  return drawing
}

/** A shoe of bands that goes round the heel; with small gaps it is nearly a sneaker. */
function drawTrekking(random: Random, cloth: Cloth, tone: number): Drawing {
  const drawing = new Drawing()
  const sole = random.uniform(1.5, 4)
  const height = sole + random.uniform(5.5, 9)
  drawing.mark(flatSole(sole, random.uniform(0, 1.5)), wardrobeTone(random))
  drawing.piece(
    new Pen(1, -sole)
      .curve(1, -sole - 3, 5, -sole - 3)
      .line(14, -height)
      .line(19, -height)
      .curve(23, -height + 3, 26.5, -height)
      .line(27.5, -sole)
      .close(),
    cloth,
  )
  drawOpening(
    drawing,
    random.uniform(17, 19),
    random.uniform(21, 25),
    -sole,
    -height + random.uniform(1, 2.5),
  )
  if (chance(random, 0.8)) {
    drawOpening(drawing, random.uniform(6, 8), random.uniform(10, 13), -sole, -sole - random.uniform(2, 4))
  }
  if (chance(random, 0.7)) {
    drawOpening(drawing, 0, random.uniform(2, 4.5), -sole, -sole - random.uniform(2, 3.5))
  }
  if (chance(random, 0.6)) drawing.mark(band([14, -sole, 16.5, -height], 1.2), seamTone(random, tone), 0.8)
  return drawing
}

/** Where a bare foot would show: from the sole up, leaning forward. */
function drawOpening(drawing: Drawing, left: number, right: number, bottom: number, top: number): void {
  drawing.hole(
    new Pen(left, bottom)
      .curve(left + 0.5, top, (left + right) / 2 + 1, top)
      .curve(right, top, right, bottom)
      .close(),
  )
}

/** A raised foot on a heel or a wedge, held by a band at the toes and straps around the ankle. */
function drawHeeled(random: Random, cloth: Cloth, wedge: boolean): Drawing {
  const drawing = new Drawing()
  const height = wedge ? random.uniform(3, 9) : random.uniform(3, 15)
  const sole = random.uniform(0.8, 2.2)
  if (wedge) {
    drawing.mark(
      new Pen(6, 0).curve(14, -0.5, 19, -height).line(27, -height).line(26, 0).close(),
      wardrobeTone(random),
    )
  } else {
    const foot = random.uniform(0.8, 3.5)
    drawing.piece(heel(height, Math.max(foot + 1, 3.5), foot), cloth)
  }
  drawing.piece(raisedSole(sole, height), cloth, random.uniform(0.8, 1.1))
  drawToeBands(random, drawing, sole, cloth)
  drawAnkleStraps(random, drawing, height + sole, cloth)
  return drawing
}

/** One broad band over the toes, or up to three narrow ones. */
function drawToeBands(random: Random, drawing: Drawing, sole: number, cloth: Cloth): void {
  if (chance(random, 0.35)) {
    const top = sole + random.uniform(2.5, 5)
    drawing.piece(new Pen(2, -sole).curve(5, -top, 10, -top).line(12, -sole).close(), cloth)
    return
  }
  const count = 1 + random.below(3)
  for (let i = 0; i < count; i++) {
    const x = 2.5 + 3.2 * i
    const top = sole + random.uniform(2.5, 4.5) + i
    const strap = new Pen(x, -sole).curve(x + 2, -top, x + random.uniform(3, 6), -sole - i).close()
    drawing.piece(band(strap, random.uniform(0.9, 2)), cloth)
  }
}

/** The back of the heel, a strap around the ankle, and perhaps one that leads down to the toes. */
function drawAnkleStraps(random: Random, drawing: Drawing, footHeight: number, cloth: Cloth): void {
  const ankle = footHeight + random.uniform(3, 11)
  const front = random.uniform(14, 19)
  const width = random.uniform(0.9, 2.2)
  if (chance(random, 0.4)) {
    const counter = new Pen(21, -footHeight).curve(24, -footHeight - 1, 25, -ankle).line(27, -ankle)
    drawing.piece(counter.curve(28, -footHeight - 2, 27, -footHeight).close(), cloth)
  } else {
    drawing.piece(band([26.5, -footHeight, 25.5, -ankle], width), cloth)
  }
  if (chance(random, 0.85)) {
    const lean = random.uniform(-2, 3)
    drawing.piece(
      band(new Pen(26, -ankle).curve(21, -ankle - 2.5, front, -ankle + lean).close(), width),
      cloth,
    )
    drawing.piece(
      band(new Pen(26, -ankle).curve(21, -ankle + 2.5, front, -ankle + lean).close(), width),
      cloth,
    )
  }
  if (chance(random, 0.5)) {
    drawing.piece(band([front + 1, -ankle + 1, random.uniform(7, 13), -random.uniform(2, 5)], width), cloth)
  }
  if (chance(random, 0.3)) {
    drawing.piece(band([24, -footHeight, front - 2, -footHeight - random.uniform(0, 4)], width), cloth)
  }
}
