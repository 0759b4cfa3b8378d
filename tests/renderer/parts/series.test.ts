import { expect, it } from 'vitest'
import { shareCells } from '../../../src-renderer/parts/confusion-cells.ts'
import { keepDrawable, rangeOf } from '../../../src-renderer/parts/chart/series.ts'

const line = { name: 'train', look: 0, points: [0.5, 0, -1, Number.NaN, 2].map((y, x) => ({ x, y })) }

it('a logarithmic axis refuses what is not above zero, and counts it', () => {
  const { series, refused } = keepDrawable([line], true)
  expect(series[0]?.points.map(({ y }) => y)).toEqual([0.5, 2])
  expect(refused).toBe(3)
})

it('a linear axis refuses only what is not finite', () => {
  expect(keepDrawable([line], false).refused).toBe(1)
})

it('an axis spans whole epochs', () => {
  expect(
    rangeOf([
      {
        ...line,
        points: [
          { x: 0.01, y: 1 },
          { x: 2.4, y: 1 },
        ],
      },
    ]),
  ).toEqual({ min: 0, max: 3 })
  expect(rangeOf([{ ...line, points: [{ x: 1, y: 1 }] }])).toEqual({ min: 1, max: 2 })
})

it('a confusion matrix has shares of rows and of columns', () => {
  const matrix = [
    [8, 2],
    [0, 10],
  ]
  const shares = (measure: 'row' | 'column') =>
    shareCells(matrix, measure, false).map((row) => row.map(({ share }) => share))
  expect(shares('row')).toEqual([
    [0.8, 0.2],
    [0, 1],
  ])
  expect(shares('column')).toEqual([
    [1, 2 / 12],
    [0, 10 / 12],
  ])
  expect(shareCells(matrix, 'row', true)[0]?.[0]).toMatchObject({ isHidden: true, strength: 0 })
})
