import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDuplicateGroups } from '#shared/core/quality/duplicate-groups.ts'
import { areEqual, findExactDuplicates, hashImage } from '#shared/core/quality/exact-duplicates.ts'
import type { ImagePool } from '#shared/core/quality/image-pool.ts'
import { findNearDuplicates, measureDistance } from '#shared/core/quality/near-duplicates.ts'
import { UnionFind } from '#shared/core/quality/union-find.ts'
import { anyImages, poolOf } from './small-pool.ts'

const PLAIN = [200, 200, 200, 0]
const OTHER = [0, 200, 0, 200]

function listNearPairs(pool: ImagePool, limit: number): string[] {
  const pairs: string[] = []
  const all = Uint32Array.from({ length: pool.count }, (_, image) => image)
  findNearDuplicates(pool, all, limit, (first, second) => pairs.push(`${first} ${second}`))
  return pairs.sort()
}

describe('Exact duplicates', () => {
  it('are found by FNV-1a, whose published values it gives', () => {
    const bytes = [...new TextEncoder().encode('foobar')]
    expect(hashImage(poolOf([bytes]), 0)).toBe(0xbf9cf968)
    expect(hashImage(poolOf([[97]]), 0)).toBe(0xe40c292c)
  })

  it('are all pairs of a first image and a later one that is equal to the last byte, and no others', () => {
    fc.assert(
      fc.property(anyImages, (images) => {
        const pool = poolOf(images)
        const copies = images.flatMap((_, image) => {
          const first = images.findIndex((__, other) => areEqual(pool, other, image))
          return first < image ? [[first, image]] : []
        })
        expect(findExactDuplicates(pool)).toEqual(copies)
      }),
    )
  })
})

describe('Near duplicates', () => {
  it('are measured as the Euclidean distance over the length of the fainter image', () => {
    const pool = poolOf([
      [3, 4, 0],
      [6, 8, 0],
    ])
    expect(measureDistance(pool, 0, 1)).toBeCloseTo(5 / 5)
    expect(measureDistance(pool, 1, 0)).toBeCloseTo(1)
  })

  it('are missed by no shortcut: exactly the pairs that comparing all with all finds', () => {
    fc.assert(
      fc.property(anyImages, fc.double({ min: 0.01, max: 0.6, noNaN: true }), (images, limit) => {
        const pool = poolOf(images)
        const expected = images.flatMap((_, first) =>
          images.flatMap((__, second) =>
            first < second && measureDistance(pool, first, second) <= limit ? [`${first} ${second}`] : [],
          ),
        )
        expect(listNearPairs(pool, limit)).toEqual(expected.sort())
      }),
    )
  })

  it('tell two empty images from an empty one and a full one', () => {
    const empty = [0, 0, 0, 0]
    const pool = poolOf([empty, empty, PLAIN])
    expect(measureDistance(pool, 0, 1)).toBe(0)
    expect(measureDistance(pool, 0, 2)).toBe(Number.POSITIVE_INFINITY)
    expect(listNearPairs(pool, 0.5)).toEqual(['0 1'])
  })
})

describe('Groups of duplicates', () => {
  it('name what is in both splits, and labels that differ', () => {
    const pool = poolOf([PLAIN, OTHER, PLAIN, OTHER.map((value) => value + 2), PLAIN], {
      trainCount: 4,
      labels: [0, 1, 1, 1, 0],
    })
    const [first, second] = findDuplicateGroups(pool)
    expect(first).toMatchObject({ exact: true, distance: 0, leaks: true, disagrees: true })
    expect(first?.members.map(({ image }) => image)).toEqual([0, 2, 4])
    expect(second).toMatchObject({ exact: false, leaks: false, disagrees: false })
    expect(second?.distance).toBeCloseTo(Math.sqrt(4 * 4) / Math.sqrt(2 * 200 ** 2), 10)
  })

  it('find no group where all images differ', () => {
    expect(findDuplicateGroups(poolOf([PLAIN, OTHER]))).toEqual([])
  })

  it('hold each image at most once, and every image that is near another', () => {
    fc.assert(
      fc.property(anyImages, (images) => {
        const pool = poolOf(images)
        const grouped = findDuplicateGroups(pool).flatMap(({ members }) => members.map(({ image }) => image))
        expect(new Set(grouped).size).toBe(grouped.length)
        const near = new Set(listNearPairs(pool, 0.1).flatMap((pair) => pair.split(' ').map(Number)))
        expect(new Set(grouped)).toEqual(near)
      }),
    )
  })
})

describe('Union-find', () => {
  it('makes the groups that following all pairs makes', () => {
    const pairs = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 })
    fc.assert(
      fc.property(pairs, (joined) => {
        const sets = new UnionFind(20)
        for (const [a, b] of joined) sets.join(a, b)
        const names = Array.from({ length: 20 }, (_, item) => item)
        for (let round = 0; round < 20; round++) {
          for (const [a, b] of joined) names[a] = names[b] = Math.min(names[a] ?? 0, names[b] ?? 0)
        }
        const expected = names.flatMap((name, item) =>
          name === item && names.filter((other) => other === name).length > 1
            ? [names.flatMap((other, member) => (other === name ? [member] : []))]
            : [],
        )
        expect(sets.groups()).toEqual(expected)
      }),
    )
  })
})
