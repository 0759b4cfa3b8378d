import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Photo } from '#shared/core/photo/photo.ts'
import { preparePhoto } from '#shared/core/photo/prepare-photo.ts'
import { DEFAULT_PREPARATION, PREPARATION_VERSION, STEP_NAMES } from '#shared/preparation.ts'
import { BLACK, drawPhoto, isGarment, NAVY, SAND, WHITE } from './drawn-photos.ts'

const prepare = (photo: Photo, change: Partial<typeof DEFAULT_PREPARATION> = {}) =>
  preparePhoto(photo, { ...DEFAULT_PREPARATION, ...change })

function stepOf(photo: Photo, name: string, change: Partial<typeof DEFAULT_PREPARATION> = {}) {
  const step = prepare(photo, change).steps.find((one) => one.name === name)
  if (step === undefined) throw new Error(`there is no step ${name}`)
  return step.image
}

/** How much two inputs differ, of 255. */
function difference(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / one.length
}

/** Share of the pixels of the cut-out that are what the drawing says. */
function agreement(photo: Photo, change: Partial<typeof DEFAULT_PREPARATION> = {}): number {
  const { width, height, pixels } = stepOf(photo, 'cut-out', change)
  let right = 0
  for (let i = 0; i < width * height; i++) {
    const truth = isGarment(((i % width) + 0.5) / width, (Math.floor(i / width) + 0.5) / height)
    if (truth === (pixels[i * 4 + 3] ?? 0) > 0) right += 1
  }
  return right / (width * height)
}

const ON_WHITE = drawPhoto({ garment: NAVY, background: WHITE })

describe('a prepared photo', () => {
  it('has every step in its order, and the last one is the input', () => {
    const { version, steps, input } = prepare(ON_WHITE)
    expect(version).toBe(PREPARATION_VERSION)
    expect(steps.map(({ name }) => name)).toEqual(STEP_NAMES)
    for (const { image, note, title } of steps) {
      expect(image.pixels).toHaveLength(image.width * image.height * image.channels)
      expect([note.length > 10, title.length > 3]).toEqual([true, true])
    }
    expect(steps.at(-1)?.image).toEqual({ width: 28, height: 28, channels: 1, pixels: input })
  })

  it('is prepared to the same bytes from its first step, which the page has a copy of', () => {
    const photo = drawPhoto({ garment: NAVY, background: SAND, width: 300, height: 400, unevenness: 20 })
    const [first] = prepare(photo).steps
    if (first === undefined) throw new Error('there is no first step')
    expect(first.image.width).toBeLessThan(photo.width)
    const box = { left: 0.1, top: 0.05, right: 0.8, bottom: 0.95 }
    const stroke = { kind: 'background' as const, radius: 0.03, points: [[0.2, 0.2] as [number, number]] }
    for (const edit of [{}, { box }, { box, strokes: [stroke] }])
      expect(preparePhoto(first.image, DEFAULT_PREPARATION, edit).input).toEqual(
        preparePhoto(photo, DEFAULT_PREPARATION, edit).input,
      )
  })

  it('of any content and size is 784 bytes, always the same, and leaves the photo as it was', () => {
    const side = fc.integer({ min: 1, max: 40 })
    const anyPhoto = fc
      .tuple(side, side)
      .chain(([width, height]) =>
        fc
          .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
          .map((pixels): Photo => ({ width, height, pixels })),
      )
    const cutOut = fc.constantFrom('automatic', 'corners', 'none')
    fc.assert(
      fc.property(anyPhoto, cutOut, (photo, how) => {
        const before = photo.pixels.slice()
        const first = prepare(photo, { cutOut: how })
        expect(first.input).toHaveLength(784)
        expect(prepare(photo, { cutOut: how })).toEqual(first)
        expect(photo.pixels).toEqual(before)
        expect(Object.values(first.measures).filter((value) => Number.isNaN(value))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('touches two opposite edges, in the middle of the other two', () => {
    const { input } = prepare(ON_WHITE)
    const column = (x: number) => Array.from({ length: 28 }, (_, y) => input[y * 28 + x] ?? 0)
    const row = (y: number) => [...input.subarray(y * 28, y * 28 + 28)]
    expect(Math.max(...row(0))).toBeGreaterThan(100)
    expect(Math.max(...row(27))).toBeGreaterThan(100)
    const empty = Array.from({ length: 28 }, (_, x) => Math.max(...column(x)) < 20)
    expect(Math.abs(empty.indexOf(false) - (27 - empty.lastIndexOf(false)))).toBeLessThanOrEqual(1)
  })

  it('keeps the padding free on all sides', () => {
    const { input } = prepare(ON_WHITE, { padding: 3 })
    const edge = input.filter(
      (_, i) => Math.min(i % 28, 27 - (i % 28), Math.floor(i / 28), 27 - Math.floor(i / 28)) < 3,
    )
    expect(Math.max(...edge)).toBe(0)
    expect(Math.max(...input)).toBeGreaterThan(100)
  })

  it('loses nothing of a garment that reaches the edge of its photo', () => {
    const { width, height } = ON_WHITE
    const left = Math.round(width * 0.33)
    const cut = width - left
    const pixels = new Uint8Array(cut * height * 4)
    for (let y = 0; y < height; y++) {
      const from = (y * width + left) * 4
      pixels.set(ON_WHITE.pixels.subarray(from, from + cut * 4), y * cut * 4)
    }
    const { steps } = prepare({ width: cut, height, pixels })
    const trimmed = steps.find(({ name }) => name === 'trimmed')?.image
    const shown = steps.find(({ name }) => name === 'cut-out')?.image
    const count = (image = trimmed) => image?.pixels.filter((value, i) => i % 4 === 3 && value > 0).length
    expect(count()).toBe(count(shown))
    expect(count()).toBeGreaterThan(1000)
  })

  it('is refused when its bytes are not those of its size', () => {
    expect(() => prepare({ width: 2, height: 2, pixels: new Uint8Array(15) })).toThrow(
      '16 bytes of RGBA, found 15',
    )
  })
})

describe('the background', () => {
  it.each([
    ['white', WHITE, NAVY, 0],
    ['black', BLACK, SAND, 0],
    ['uneven sand', SAND, NAVY, 14],
    ['uneven navy', NAVY, SAND, 14],
    ['uneven red under a white garment', [150, 20, 40] as const, WHITE, 10],
  ])('%s is found, and the garment with it', (_, background, garment, unevenness) => {
    expect(agreement(drawPhoto({ garment, background, unevenness }))).toBeGreaterThan(0.97)
  })

  it('that is transparent is the background, whatever colours it hides', () => {
    const photo = drawPhoto({ garment: NAVY, background: null })
    expect(agreement(photo)).toBeGreaterThan(0.99)
    const { measures } = prepare(photo)
    expect([measures.source, measures.backgroundTone, measures.inverted]).toEqual(['transparency', 1, true])
  })

  it('turned into its negative gives the same input', () => {
    const negative = {
      ...ON_WHITE,
      pixels: ON_WHITE.pixels.map((value, i) => (i % 4 === 3 ? value : 255 - value)),
    }
    const [light, dark] = [prepare(ON_WHITE), prepare(negative)]
    expect(difference(light.input, dark.input)).toBeLessThan(3)
    expect([light.measures.inverted, dark.measures.inverted]).toEqual([true, false])
  })

  it('may be told to be inverted always or never', () => {
    const [always, never] = (['always', 'never'] as const).map((invert) => prepare(ON_WHITE, { invert }))
    expect([always?.measures.inverted, never?.measures.inverted]).toEqual([true, false])
    expect(difference(always?.input ?? new Uint8Array(), never?.input ?? new Uint8Array())).toBeGreaterThan(
      20,
    )
  })

  it('counts as garment without a cut-out', () => {
    const { measures, steps } = prepare(ON_WHITE, { cutOut: 'none' })
    expect([measures.source, measures.coverage]).toEqual(['none', 1])
    const [photo, trimmed] = ['photo', 'trimmed'].map(
      (name) => steps.find((step) => step.name === name)?.image,
    )
    expect([trimmed?.width, trimmed?.height]).toEqual([photo?.width, photo?.height])
  })

  it('is where a floor has a seam that runs on from the garment: a thread is no garment', () => {
    const photo = drawPhoto({ garment: NAVY, background: SAND, unevenness: 25 })
    const seam = { from: Math.round(photo.width * 0.8), width: 3 }
    for (let y = 0; y < photo.height; y++)
      for (let x = seam.from; x < seam.from + seam.width; x++)
        photo.pixels.set([30, 25, 20], (y * photo.width + x) * 4)
    expect(agreement(photo)).toBeGreaterThan(0.97)
    const { width, height, pixels } = stepOf(photo, 'trimmed')
    expect(pixels).toHaveLength(width * height * 4)
    expect(width / height).toBeCloseTo((0.7 * photo.width) / (0.65 * photo.height), 1)
  })

  it('as pale as the garment is told by its contrast', () => {
    const pale = prepare(drawPhoto({ garment: [238, 238, 236], background: WHITE })).measures
    expect(pale.contrast).toBeLessThan(8)
    expect(prepare(ON_WHITE).measures.contrast).toBeGreaterThan(40)
  })
})

describe('a large photo', () => {
  it('does not alias: a pattern finer than a pixel of the input becomes its mean', () => {
    const photo = drawPhoto({ width: 600, height: 640, garment: NAVY, background: WHITE })
    photo.pixels.forEach((_, i) => {
      const pixel = Math.floor(i / 4)
      const isInside = isGarment(((pixel % 600) + 0.5) / 600, (Math.floor(pixel / 600) + 0.5) / 640)
      if (isInside && i % 4 < 3) photo.pixels[i] = (pixel + Math.floor(pixel / 600)) % 2 === 0 ? 20 : 120
    })
    const { pixels, width } = stepOf(photo, 'resized')
    const middle = pixels.filter((_, i) => {
      const x = (i % width) / width
      const y = Math.floor(i / width) / 28
      return x > 0.35 && x < 0.65 && y > 0.2 && y < 0.9
    })
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(4)
  })

  it('gives what the same photo gives at half its size', () => {
    const [large, small] = [640, 320].map((height) =>
      prepare(drawPhoto({ width: height * 0.75, height, garment: NAVY, background: SAND, unevenness: 4 })),
    )
    expect(difference(large?.input ?? new Uint8Array(), small?.input ?? new Uint8Array())).toBeLessThan(8)
  })
})

describe('an edit', () => {
  const uneven = drawPhoto({ garment: NAVY, background: SAND, unevenness: 10 })
  const alphaAt = (image: ReturnType<typeof stepOf>, x: number, y: number) =>
    image.pixels[(Math.floor(y * image.height) * image.width + Math.floor(x * image.width)) * 4 + 3]
  const cutOut = (edit: Parameters<typeof preparePhoto>[2]) => {
    const prepared = preparePhoto(uneven, DEFAULT_PREPARATION, edit)
    const image = prepared.steps.find(({ name }) => name === 'cut-out')?.image
    if (image === undefined) throw new Error('there is no cut-out')
    return { image, measures: prepared.measures }
  }

  it('by a box leaves only what is inside', () => {
    const { image, measures } = cutOut({ box: { left: 0.3, top: 0.1, right: 0.7, bottom: 0.9 } })
    expect(measures.source).toBe('edit')
    expect([alphaAt(image, 0.2, 0.3), alphaAt(image, 0.5, 0.5)]).toEqual([0, 255])
  })

  it('by strokes adds what is marked as garment and takes away what is marked as background', () => {
    const line = (from: [number, number], to: [number, number]) => ({ radius: 0.04, points: [from, to] })
    const { image } = cutOut({
      strokes: [
        { kind: 'background', ...line([0.36, 0.6], [0.64, 0.6]) },
        { kind: 'garment', ...line([0.1, 0.95], [0.3, 0.95]) },
      ],
    })
    expect([alphaAt(image, 0.5, 0.6), alphaAt(image, 0.2, 0.95)]).toEqual([0, 255])
  })

  it('changes nothing when it is empty', () => {
    expect(preparePhoto(uneven, DEFAULT_PREPARATION, { strokes: [] })).toEqual(prepare(uneven))
  })
})
