import fc from 'fast-check'
import { expect, it } from 'vitest'
import { agreementByClass, countAgreement, listFlips, markRight } from '#shared/compare/answers.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

it('marks what is right, and refuses lists of different images', () => {
  expect(markRight(bytes(1, 2, 3), bytes(1, 0, 3))).toEqual(bytes(1, 0, 1))
  expect(markRight(bytes(1, 2), bytes(1, 2, 3))).toBeNull()
})

it('counts every image once, in all and by class, and lists those that flip', () => {
  const image = fc.tuple(fc.nat(2), fc.nat(1), fc.nat(1))
  fc.assert(
    fc.property(fc.array(image), (images) => {
      const truth = Uint8Array.from(images, ([label]) => label)
      const first = Uint8Array.from(images, ([, mark]) => mark)
      const second = Uint8Array.from(images, ([, , mark]) => mark)
      const all = countAgreement(first, second)
      expect(all.bothRight + all.bothWrong + all.firstOnly + all.secondOnly).toBe(images.length)
      const classes = agreementByClass(first, second, truth, 3)
      expect(classes.reduce((sum, one) => sum + one.firstOnly, 0)).toBe(all.firstOnly)
      expect(classes.reduce((sum, one) => sum + one.images, 0)).toBe(images.length)
      expect(listFlips(first, second)).toHaveLength(all.firstOnly + all.secondOnly)
    }),
  )
})
