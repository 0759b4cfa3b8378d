// Sketches: the dataset for a machine without data or network. A program draws the ten garment classes of
// Fashion-MNIST in its form, always the same 12,000 pictures to the bit; they are always labelled as generated.
import { Random } from '../random.ts'
import { FASHION_CLASS_NAMES, type Dataset, type LabelledImages } from './dataset.ts'
import { Canvas } from './sketches/canvas.ts'
import { shuffle } from './sketches/choice.ts'
import type { Drawing } from './sketches/drawing.ts'
import { finish } from './sketches/finish.ts'
import { drawAnkleBoot } from './sketches/garments/ankle-boot.ts'
import { drawBag } from './sketches/garments/bag.ts'
import { drawCoat } from './sketches/garments/coat.ts'
import { drawDress } from './sketches/garments/dress.ts'
import { drawPullover } from './sketches/garments/pullover.ts'
import { drawSandal } from './sketches/garments/sandal.ts'
import { drawShirt } from './sketches/garments/shirt.ts'
import { drawSneaker } from './sketches/garments/sneaker.ts'
import { drawTShirt } from './sketches/garments/t-shirt.ts'
import { drawTrouser } from './sketches/garments/trouser.ts'
import { place } from './sketches/placement.ts'
import { PIXELS, SIDE } from './sketches/size.ts'

const TRAIN_COUNT = 10_000
const TEST_COUNT = 2_000
/** Any constants will do; with others, they are other pictures. */
const TRAIN_SEED = 1
const TEST_SEED = 2

/** Each draws a garment, in the order of FASHION_CLASS_NAMES. */
export const GARMENTS: readonly ((random: Random) => Drawing)[] = [
  drawTShirt,
  drawTrouser,
  drawPullover,
  drawDress,
  drawCoat,
  drawSandal,
  drawShirt,
  drawSneaker,
  drawBag,
  drawAnkleBoot,
]

/** 10,000 training and 2,000 test images of 28x28, as many of each class; takes about a second. */
export function generateSketches(): Dataset {
  return {
    id: 'sketches',
    name: 'Sketches (generated)',
    generated: true,
    classNames: FASHION_CLASS_NAMES,
    height: SIDE,
    width: SIDE,
    channels: 1,
    train: drawImages(new Random(TRAIN_SEED), TRAIN_COUNT),
    test: drawImages(new Random(TEST_SEED), TEST_COUNT),
  }
}

function drawImages(random: Random, count: number): LabelledImages {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % GARMENTS.length)
  shuffle(random, labels)
  const pixels = new Uint8Array(count * PIXELS)
  const canvas = new Canvas()
  labels.forEach((label, i) => {
    const drawing = GARMENTS[label]?.(random)
    if (drawing === undefined) throw new RangeError(`there is no garment for label ${label}`)
    const placement = place(random, drawing)
    canvas.clear()
    for (const layer of drawing.layers) canvas.paint(layer, placement)
    finish(random, canvas.tones, pixels, i * PIXELS)
  })
  return { count, pixels, labels }
}
