// Faults that we planted ourselves are found, and how well is said: recall is the share of planted faults that are found,
// precision the share of what is found that was planted. Sketches has look-alikes of its own, which count against precision.
import { describe, expect, it } from 'vitest'
import { findDuplicateGroups } from '#shared/core/quality/duplicate-groups.ts'
import { poolImages } from '#shared/core/quality/image-pool.ts'
import { findPoorImages } from '#shared/core/quality/low-information.ts'
import { plantFaults } from './planted-faults.ts'

const planted = plantFaults()
const pool = poolImages(planted.dataset)

describe('Planted faults in Sketches', () => {
  it('20 copies across the splits: recall 1, precision 1 among the groups that leak', () => {
    const leaks = findDuplicateGroups(pool).filter((group) => group.leaks)
    const found = [...planted.copies].filter(([from, to]) =>
      leaks.some(({ members }) =>
        [from, to].every((image) => members.some((member) => member.image === image)),
      ),
    )
    expect({ recall: found.length / planted.copies.size, precision: found.length / leaks.length }).toEqual({
      recall: 1,
      precision: 1,
    })
    expect(leaks.filter(({ exact }) => exact)).toHaveLength(10)
  }, 120_000)

  it('10 blank images: recall 1, precision 1 among the constant ones, and they come first', () => {
    const found = findPoorImages(pool)
    const constant = found.filter(({ lack }) => lack === 'constant').map(({ image }) => image)
    expect(new Set(constant)).toEqual(planted.blank)
    expect(new Set(found.slice(0, 10).map(({ image }) => image))).toEqual(planted.blank)
  })
})
