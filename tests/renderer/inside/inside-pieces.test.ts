// The small pieces of the page Inside: addresses, colours, numbers and words.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packFloats, unpackBytes, unpackFloats } from '#shared/inspect/packed-floats.ts'
import {
  readChoice,
  readSubject,
  writeChoice,
  writeSubject,
} from '../../../src-renderer/pages/inside/inside-address.ts'
import { placeOfLargest } from '../../../src-renderer/pages/inside/place-words.ts'
import { stepFrom } from '../../../src-renderer/pages/inside/walk-images.ts'
import { writeExact, writeShort, writeSigned } from '../../../src-renderer/pages/inside/write-number.ts'
import {
  buildPalette,
  colourOf,
  isBright,
  limitOf,
  writeColour,
} from '../../../src-renderer/parts/images/colour-scale.ts'

const COLOURS: Readonly<Record<string, string>> = {
  '--map-zero': 'rgb(250, 250, 250)',
  '--map-above-half': 'rgb(100, 150, 200)',
  '--map-above': 'rgb(0, 40, 100)',
  '--map-below-half': 'rgb(220, 150, 90)',
  '--map-below': 'rgb(100, 40, 0)',
}
const palette = buildPalette((token) => COLOURS[token] ?? '')
const tones = (pixel: number): number[] => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]

describe('addresses', () => {
  it('name an image or a photo, and a place in the network, and are read back as they were', () => {
    const index = fc.integer({ min: 0, max: 100_000 })
    const subjects = fc.oneof(
      fc.record({
        type: fc.constant('image' as const),
        split: fc.constantFrom('train' as const, 'test' as const),
        index,
      }),
      fc.record({
        type: fc.constant('photo' as const),
        batchId: fc.string({ minLength: 1, maxLength: 20 }),
        number: index,
      }),
    )
    fc.assert(
      fc.property(subjects, index, index, (subject, stage, map) => {
        const parameters = new URLSearchParams({ ...writeSubject(subject), ...writeChoice({ stage, map }) })
        expect(readSubject(parameters)).toEqual(subject)
        expect(readChoice(parameters)).toEqual({ stage, map })
      }),
    )
  })

  it.each([
    '',
    'image=-1',
    'image=1.5',
    'image=x',
    'split=other&image=3',
    'batch=&photo=1',
    'batch=a&photo=x',
  ])('that name nothing, as %s, lead to the first test image', (text) => {
    expect(readSubject(new URLSearchParams(text))).toEqual({ type: 'image', split: 'test', index: 0 })
    expect(readChoice(new URLSearchParams(text))).toBeNull()
  })

  it('of neighbours end where the split ends', () => {
    const subject = { type: 'image' as const, split: 'test' as const, index: 0 }
    expect(stepFrom(subject, -1, 10)).toBeNull()
    expect(stepFrom({ ...subject, index: 9 }, 1, 10)).toBeNull()
    expect(stepFrom(subject, 1, 10)).toEqual({ ...subject, index: 1 })
    expect(stepFrom({ type: 'photo', batchId: 'a', number: 3 }, 1, null)).toBeNull()
  })
})

describe('colours', () => {
  it('are those of the tokens at both ends, in the halves and in the middle', () => {
    const written = [-1, 0, 1].map((value) => writeColour(colourOf(palette, value, 1)))
    expect(written).toEqual(['rgb(100 40 0)', 'rgb(250 250 250)', 'rgb(0 40 100)'])
    const half = tones(colourOf(palette, 0.5, 1)) // the steps have no exact middle
    half.forEach((tone, i) => expect(Math.abs(tone - ([100, 150, 200][i] ?? NaN))).toBeLessThanOrEqual(1))
  })

  it('stay within the scale, and show nothing for what is no number', () => {
    expect(colourOf(palette, 9, 2)).toBe(colourOf(palette, 2, 2))
    expect(colourOf(palette, -9, 2)).toBe(colourOf(palette, -2, 2))
    expect(colourOf(palette, NaN, 2)).toBe(colourOf(palette, 0, 2))
    expect(colourOf(palette, 0, 0)).toBe(colourOf(palette, 0, 1))
    expect(limitOf([0.5, -3, NaN, 2])).toBe(3)
  })

  it('carry ink with a contrast of at least 4.5 to 1', () => {
    const luminance = (pixel: number): number =>
      tones(pixel)
        .map((tone) => tone / 255)
        .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
        .reduce((sum, share, tone) => sum + share * ([0.2126, 0.7152, 0.0722][tone] ?? 0), 0)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xff_ffff }), (pixel) => {
        const ground = luminance(pixel) + 0.05
        expect(isBright(pixel) ? ground / 0.05 : 1.05 / ground).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })
})

describe('numbers and words', () => {
  it('have signs, few decimals, and no zero below zero', () => {
    expect([0.4312, -1.5, 128.4, -0.001, NaN].map((value) => writeShort(value))).toEqual([
      ...['0.43', '−1.50', '128', '0.00', 'NaN'],
    ])
    expect([0.4312, -1.5].map((value) => writeSigned(value))).toEqual(['+0.43', '−1.50'])
    expect(writeExact(-0.064251)).toBe('−0.0643')
  })

  it('say where in a picture the largest value lies', () => {
    const at = (place: number): number[] => Array.from({ length: 9 }, (_, here) => (here === place ? 1 : 0))
    expect([0, 4, 5, 7].map((place) => placeOfLargest(at(place), 3, 3))).toEqual([
      ...['top left', 'middle', 'middle right', 'bottom middle'],
    ])
    expect(placeOfLargest([0, -1], 1, 2)).toBeNull()
  })

  it('travel as text without losing a bit', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 5000 }), (values) => {
        expect(unpackFloats(packFloats(values))).toEqual(values)
      }),
      { numRuns: 30 },
    )
    expect([...unpackBytes(btoa('\u0000\u00ff7'))]).toEqual([0, 255, 55])
  })
})
