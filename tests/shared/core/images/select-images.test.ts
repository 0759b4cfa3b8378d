import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { FilterFacts } from '#shared/core/images/filter-images.ts'
import { measureBrightness, measureDistances } from '#shared/core/images/image-values.ts'
import { countFacets, selectImages } from '#shared/core/images/select-images.ts'
import {
  BY_INDEX,
  EVERY_IMAGE,
  type ImageFilter,
  imageFilterSchema,
  type ImageOrder,
} from '#shared/images.ts'
import { ANSWERS, smallImages } from './small-images.ts'

const images = smallImages()
const other = { ...ANSWERS, labels: ANSWERS.labels.with(7, 1) }
const facts: FilterFacts = {
  predictions: new Map([
    ['a', ANSWERS],
    ['b', other],
  ]),
  flags: new Map([
    ['odd', Uint32Array.from([1, 3, 7])],
    ['last', Uint32Array.from([9])],
  ]),
}
const values = {
  brightness: () => measureBrightness(images),
  distances: (image: number) => measureDistances(images, image),
}

type Wanted = Partial<Omit<ImageFilter, 'prediction'>> & { prediction?: Partial<ImageFilter['prediction']> }
const filterOf = (wanted: Wanted): ImageFilter => imageFilterSchema.parse(wanted)
const select = (wanted: Wanted, order: Partial<ImageOrder> = {}): number[] => [
  ...selectImages(images, filterOf(wanted), { ...BY_INDEX, ...order }, facts, values),
]

describe('a selection of images', () => {
  it('is everything when nothing is asked', () => {
    expect(select({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('narrows by split, class, flag and list, all of which must hold', () => {
    expect(select({ splits: ['test'] })).toEqual([6, 7, 8, 9])
    expect(select({ splits: ['train', 'test'] })).toHaveLength(10)
    expect(select({ classes: [1, 2] })).toEqual([1, 2, 4, 5, 7, 8])
    expect(select({ flags: ['odd', 'last'] })).toEqual([1, 3, 7, 9])
    expect(select({ flags: ['unheard of'] })).toEqual([])
    expect(select({ images: [8, 2] })).toEqual([2, 8])
    expect(select({ images: [] })).toEqual([])
    expect(select({ splits: ['train'], classes: [1], flags: ['odd'] })).toEqual([1])
  })

  it('narrows by what a run answered, how surely, and whether that was right', () => {
    expect(select({ prediction: { runId: 'a' } })).toEqual([6, 7, 8, 9])
    expect(select({ prediction: { runId: 'a', outcome: 'right' } })).toEqual([6, 8])
    expect(select({ prediction: { runId: 'a', outcome: 'wrong' } })).toEqual([7, 9])
    expect(select({ prediction: { runId: 'a', classes: [2] } })).toEqual([7, 8])
    expect(select({ prediction: { runId: 'a', confidence: [0.6, 0.9] } })).toEqual([6, 7])
    expect(select({ prediction: { runId: 'a', differsFrom: 'b' } })).toEqual([7])
    expect(select({ prediction: { runId: 'a', differsFrom: 'a' } })).toEqual([])
  })

  it('is a cell of the confusion matrix: of one class, taken for another', () => {
    expect(select({ splits: ['test'], classes: [1], prediction: { runId: 'a', classes: [2] } })).toEqual([7])
  })

  it('comes in the order asked for; ties and images without the value follow by their number', () => {
    const run = { prediction: { runId: 'a' } }
    expect(select({}, { descending: true })[0]).toBe(9)
    expect(select({}, { by: 'class' })).toEqual([0, 3, 6, 9, 1, 4, 7, 2, 5, 8])
    expect(select({}, { by: 'class', descending: true })).toEqual([2, 5, 8, 1, 4, 7, 0, 3, 6, 9])
    expect(select({}, { by: 'brightness', descending: true }).slice(0, 3)).toEqual([9, 8, 7])
    expect(select(run, { by: 'confidence' })).toEqual([8, 7, 6, 9])
    expect(select(run, { by: 'answer' })).toEqual([6, 9, 7, 8])
    expect(select(run, { by: 'mistake', descending: true })).toEqual([9, 7, 8, 6])
    expect(select({}, { by: 'confidence', runId: 'a' }).slice(0, 5)).toEqual([8, 7, 6, 9, 0])
    expect(select({}, { by: 'confidence', runId: 'a', descending: true }).slice(0, 5)).toEqual([
      9, 6, 7, 8, 0,
    ])
    expect(select({}, { by: 'flag' })).toEqual([1, 3, 7, 9, 0, 2, 4, 5, 6, 8])
    expect(select({}, { by: 'flag', descending: true })).toEqual([9, 1, 3, 7, 0, 2, 4, 5, 6, 8])
    expect(select({}, { by: 'likeness', image: 4 }).slice(0, 5)).toEqual([4, 3, 5, 2, 6])
  })

  it('is sorted as a comparison sorts it, for any floats', () => {
    const floats = fc.array(fc.float(), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(floats, fc.boolean(), (keys, descending) => {
        const brightness = () => Float32Array.from(keys)
        const order = { ...BY_INDEX, by: 'brightness' as const, descending }
        const found = selectImages(images, EVERY_IMAGE, order, facts, { ...values, brightness })
        const sign = descending ? -1 : 1
        const expected = [...keys.keys()].sort((one, another) => {
          const [a = 0, b = 0] = [keys[one], keys[another]]
          if (Number.isNaN(a) || Number.isNaN(b))
            return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || one - another
          const isZero = a === 0 && b === 0 // -0 stands before 0, as its bits do
          return (
            sign * (isZero ? Number(Object.is(b, -0)) - Number(Object.is(a, -0)) : a - b) || one - another
          )
        })
        expect([...found]).toEqual(expected)
      }),
    )
  })
})

describe('the counts beside a filter', () => {
  it('say for each value how many images there would be, had only its own part not been chosen', () => {
    const filter = filterOf({ splits: ['test'], classes: [0], prediction: { runId: 'a', outcome: 'wrong' } })
    expect(countFacets(images, filter, facts)).toEqual({
      count: 1,
      splits: { train: 0, test: 1 },
      classes: [1, 1, 0],
      flags: new Map([
        ['odd', 0],
        ['last', 1],
      ]),
      prediction: { right: 1, wrong: 1, answers: [0, 1, 0] },
    })
  })

  it('agree with the selections that they promise', () => {
    const part = fc.record({
      splits: fc.subarray(['train', 'test'] as const),
      classes: fc.subarray([0, 1, 2]),
      flags: fc.subarray(['odd', 'last']),
      images: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 9 }))),
      outcome: fc.constantFrom('right', 'wrong', null),
      answers: fc.subarray([0, 1, 2]),
      hasRun: fc.boolean(),
    })
    fc.assert(
      fc.property(part, ({ outcome, answers, hasRun, ...rest }) => {
        const prediction = hasRun ? { runId: 'a', outcome, classes: answers } : null
        const wanted = { ...rest, prediction }
        const counts = countFacets(images, filterOf(wanted), facts)
        expect(counts.count).toBe(select(wanted).length)
        counts.classes.forEach((count, label) =>
          expect(count).toBe(select({ ...wanted, classes: [label] }).length),
        )
        expect(counts.splits.test).toBe(select({ ...wanted, splits: ['test'] }).length)
        expect(counts.flags.get('odd')).toBe(select({ ...wanted, flags: ['odd'] }).length)
        if (prediction === null) expect(counts.prediction).toBeNull()
        else
          expect(counts.prediction?.wrong).toBe(
            select({ ...wanted, prediction: { ...prediction, outcome: 'wrong' } }).length,
          )
      }),
    )
  })
})
