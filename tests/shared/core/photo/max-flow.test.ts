import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GridCut, isInside, NEIGHBOURS } from '#shared/core/photo/max-flow.ts'

interface Grid {
  readonly width: number
  readonly height: number
  /** For each pixel what it costs on the side of the source and on the other one. */
  readonly costs: readonly (readonly [number, number])[]
  /** [pixel * 4 + direction - 4] */
  readonly partings: readonly number[]
}

const grids = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain(([width, height]) => {
    const cost = fc.integer({ min: 0, max: 20 })
    const count = width * height
    return fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      costs: fc.array(fc.tuple(cost, cost), { minLength: count, maxLength: count }),
      partings: fc.array(cost, { minLength: count * 4, maxLength: count * 4 }),
    })
  })

function partingsOf({ width, height, partings }: Grid) {
  const count = width * height
  return partings.flatMap((cost, i) => {
    const pixel = Math.floor(i / 4)
    const direction = 4 + (i % 4)
    const [x, y] = NEIGHBOURS[direction] ?? [0, 0]
    return isInside(pixel, direction, width, count)
      ? [{ pixel, direction, other: pixel + y * width + x, cost }]
      : []
  })
}

function priceOf(grid: Grid, isSource: (pixel: number) => boolean): number {
  const sides = grid.costs.map(([source, sink], pixel) => (isSource(pixel) ? source : sink))
  const parted = partingsOf(grid).filter(({ pixel, other }) => isSource(pixel) !== isSource(other))
  return [...sides, ...parted.map(({ cost }) => cost)].reduce((sum, cost) => sum + cost, 0)
}

describe('the cheapest cut of a grid', () => {
  it('is as cheap as the cheapest of all divisions', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const cut = new GridCut(grid.width, grid.height)
        grid.costs.forEach(([source, sink], pixel) => cut.setCosts(pixel, source, sink))
        for (const { pixel, direction, cost } of partingsOf(grid)) cut.setParting(pixel, direction, cost)
        const mask = cut.cut()
        const divisions = Array.from({ length: 2 ** grid.costs.length }, (_, bits) =>
          priceOf(grid, (pixel) => ((bits >> pixel) & 1) === 1),
        )
        expect(priceOf(grid, (pixel) => mask[pixel] === 1)).toBe(Math.min(...divisions))
      }),
      { numRuns: 200 },
    )
  })
})
