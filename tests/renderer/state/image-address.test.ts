import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { BY_INDEX, EVERY_IMAGE, IMAGE_ORDERS, type ImageFilter, type ImageOrder } from '#shared/images.ts'
import {
  addressOfImages,
  readFilter,
  readOrder,
  writeFilter,
  writeOrder,
} from '../../../src-renderer/state/image-address.ts'

const classes = fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: 5 })
const runId = fc.stringMatching(/^[a-z0-9]{8}$/)
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
const anyFilter: fc.Arbitrary<ImageFilter> = fc.record({
  splits: fc.subarray(['train', 'test'] as const),
  classes,
  flags: fc.uniqueArray(fc.stringMatching(/^[a-z-]{1,12}$/), { maxLength: 3 }),
  images: fc.option(
    fc
      .uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 60 })
      .map((all) => all.sort((a, b) => a - b)),
  ),
  prediction: fc.option(
    fc.record({
      runId,
      classes,
      outcome: fc.constantFrom('right', 'wrong', null),
      confidence: fc.tuple(share, share).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]),
      differsFrom: fc.option(runId),
    }),
  ),
})
const anyOrder: fc.Arbitrary<ImageOrder> = fc.record({
  by: fc.constantFrom(...IMAGE_ORDERS),
  descending: fc.boolean(),
  image: fc.constant(null),
  runId: fc.constant(null),
})

const asParameters = (texts: Readonly<Record<string, string>>) =>
  new URLSearchParams(Object.entries(texts).filter(([, text]) => text !== ''))

describe('an address of images', () => {
  it('says what is asked for, and is read back as the same', () => {
    fc.assert(
      fc.property(anyFilter, anyOrder, (filter, order) => {
        expect(readFilter(asParameters(writeFilter(filter)))).toEqual(filter)
        const asked = order.by === 'likeness' ? { ...order, image: 7 } : order
        expect(readOrder(asParameters(writeOrder(asked)))).toEqual(asked)
      }),
    )
  })

  it('is short', () => {
    expect(addressOfImages('fashion-mnist')).toBe('#/datasets/fashion-mnist')
    const images = [1, 2, 3, 4, 9]
    expect(
      addressOfImages('sketches', { splits: ['test'], images }, { by: 'brightness', descending: true }),
    ).toBe('#/datasets/sketches?split=test&images=1-4%2C9&sort=-brightness')
  })

  it('that cannot be understood asks for everything', () => {
    const wild = new URLSearchParams(
      'split=sideways&class=shirt,999&images=a-b,5-1&run=&outcome=perhaps&confidence=7-2&sort=upwards',
    )
    expect(readFilter(wild)).toEqual({ ...EVERY_IMAGE, images: [] })
    expect(readOrder(wild)).toEqual(BY_INDEX)
    expect(readOrder(new URLSearchParams('sort=likeness'))).toEqual(BY_INDEX)
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('split', 'class', 'flag', 'images', 'run', 'answer', 'confidence', 'sort'),
          fc.string(),
        ),
        (texts) => {
          readFilter(new URLSearchParams(texts))
          readOrder(new URLSearchParams(texts))
        },
      ),
    )
  })
})
