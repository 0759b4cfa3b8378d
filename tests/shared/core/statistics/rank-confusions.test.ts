import { expect, it } from 'vitest'
import { rankConfusions } from '#shared/core/statistics/rank-confusions.ts'

it('every mistake is ranked by how often it was made, with its share of the true class', () => {
  const matrix = [
    [8, 2, 0],
    [5, 5, 0],
    [2, 0, 6],
  ]
  expect(rankConfusions(matrix)).toEqual([
    { truth: 1, answer: 0, count: 5, share: 0.5 },
    { truth: 0, answer: 1, count: 2, share: 0.2 },
    { truth: 2, answer: 0, count: 2, share: 0.25 },
  ])
})

it('there is none where all is right, also of a class without images', () => {
  expect(
    rankConfusions([
      [4, 0],
      [0, 0],
    ]),
  ).toEqual([])
})
