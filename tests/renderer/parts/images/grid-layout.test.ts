import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  cornerOf,
  layOut,
  placeAt,
  placeOfKey,
  placesInBox,
  placesInSight,
  revealTop,
  rowHeight,
  scrollOfTop,
  topOfScroll,
} from '../../../../src-renderer/parts/images/grid-layout.ts'

const TILE = { width: 28, height: 28, caption: 0, gap: 2 }
const layout = layOut(1000, TILE, 302, 200) // ten columns

const anyLayout = fc
  .record({
    count: fc.integer({ min: 1, max: 5000 }),
    side: fc.integer({ min: 8, max: 320 }),
    caption: fc.constantFrom(0, 16, 30),
    gap: fc.constantFrom(2, 4, 8),
    width: fc.integer({ min: 100, max: 2000 }),
    height: fc.integer({ min: 50, max: 1500 }),
  })
  .map(({ count, side, caption, gap, width, height }) =>
    layOut(count, { width: side, height: side, caption, gap }, width, height),
  )

describe('the layout of a grid', () => {
  it('has as many columns as fit, and room for every row', () => {
    expect(layout.columns).toBe(10)
    expect(layout.rows).toBe(100)
    expect(layout.fullHeight).toBe(100 * 30 + 2)
    expect(layOut(5, TILE, 10, 10).columns).toBe(1)
    expect(layOut(0, TILE, 300, 200)).toMatchObject({ rows: 0, fullHeight: 2 })
  })

  it('finds every image again at its own place, and none between images', () => {
    fc.assert(
      fc.property(anyLayout, fc.nat(), (any, chosen) => {
        const place = chosen % any.count
        const { left, top } = cornerOf(any, place)
        expect(placeAt(any, left, top)).toBe(place)
        expect(placeAt(any, left + any.width - 1, top + any.height - 1)).toBe(place)
        expect(placeAt(any, left - 1, top)).toBe(-1)
        expect(placeAt(any, left, top - 1)).toBe(-1)
      }),
    )
  })

  it('shows all that is in sight and little more', () => {
    fc.assert(
      fc.property(anyLayout, fc.double({ min: 0, max: 1, noNaN: true }), (any, share) => {
        const top = share * Math.max(0, any.fullHeight - any.viewHeight)
        const { first, last } = placesInSight(any, top)
        for (const place of [first - 1, last + 1]) {
          if (place < 0 || place >= any.count) continue
          const corner = cornerOf(any, place).top
          expect(
            corner + rowHeight(any) <= top + any.gap + 1e-6 || corner >= top + any.viewHeight - 1e-6,
          ).toBe(true)
        }
      }),
    )
  })

  it('scrolls no further than needed to show an image', () => {
    expect(revealTop(layout, 0, 500)).toBe(0)
    expect(revealTop(layout, 55, 100)).toBe(100)
    const top = revealTop(layout, 999, 0)
    expect(top + layout.viewHeight).toBe(layout.fullHeight)
  })

  it('that is longer than a browser can scroll is scrolled in larger steps, to its very end', () => {
    const long = layOut(10_000_000, TILE, 302, 200)
    expect(long.scrollHeight).toBeLessThan(20_000_000)
    expect(topOfScroll(long, long.scrollHeight - long.viewHeight)).toBe(long.fullHeight - long.viewHeight)
    expect(topOfScroll(long, scrollOfTop(long, 12_345_678))).toBeCloseTo(12_345_678, 3)
    expect(placesInSight(long, long.fullHeight - long.viewHeight).last).toBe(9_999_999)
  })

  it('knows what a box touches', () => {
    expect(placesInBox(layout, { left: 10, top: 10, right: 45, bottom: 45 })).toEqual([0, 1, 10, 11])
    expect(placesInBox(layout, { left: -50, top: -50, right: 5, bottom: 5 })).toEqual([0])
    fc.assert(
      fc.property(anyLayout, fc.nat(), fc.nat(), (any, one, other) => {
        const [from, to] = [cornerOf(any, one % any.count), cornerOf(any, other % any.count)]
        const box = {
          left: Math.min(from.left, to.left),
          right: Math.max(from.left, to.left) + 1,
          top: Math.min(from.top, to.top),
          bottom: Math.max(from.top, to.top) + 1,
        }
        const touched = placesInBox(any, box)
        expect(touched).toContain(one % any.count)
        expect(touched).toContain(other % any.count)
      }),
    )
  })

  it('moves by keys, and stays inside', () => {
    const move = (key: string, place: number) => placeOfKey(layout, key, place)
    expect(move('ArrowRight', 9)).toBe(10)
    expect(move('ArrowLeft', 0)).toBe(0)
    expect(move('ArrowDown', 5)).toBe(15)
    expect(move('ArrowUp', 5)).toBe(5)
    expect(move('ArrowDown', 995)).toBe(995)
    expect(move('PageDown', 0)).toBe(50)
    expect(move('Home', 500)).toBe(0)
    expect(move('End', 0)).toBe(999)
    expect(move('ArrowDown', -1)).toBe(0)
    expect(move('x', 0)).toBeNull()
    const ragged = layOut(15, TILE, 302, 200)
    expect(placeOfKey(ragged, 'ArrowDown', 8)).toBe(14)
  })
})
