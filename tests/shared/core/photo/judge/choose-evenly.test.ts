import { expect, it } from 'vitest'
import { chooseEvenly } from '#shared/core/photo/judge/choose-evenly.ts'

it('takes images from the first to the last, in their order', () => {
  const indices = Uint32Array.from({ length: 10 }, (_, i) => 100 + i)
  expect([...chooseEvenly(indices, 4)]).toEqual([100, 102, 105, 107])
})

it('takes all where there are no more than are wanted', () => {
  const indices = Uint32Array.of(3, 5, 8)
  expect([...chooseEvenly(indices, 3)]).toEqual([3, 5, 8])
  expect([...chooseEvenly(indices, 2000)]).toEqual([3, 5, 8])
  expect([...chooseEvenly(new Uint32Array(0), 5)]).toEqual([])
})
