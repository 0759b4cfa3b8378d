import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallestShownSurplus, testMcNemar } from '#shared/core/statistics/mcnemar.ts'
import { assumedNoiseFloor, noiseFloor } from '#shared/core/statistics/noise-floor.ts'
import { expectClose, SCIPY } from './scipy.ts'

const count = fc.integer({ min: 0, max: 2000 })

describe("McNemar's exact test", () => {
  it("gives SciPy's exact binomial p and mid-p to ten digits", () => {
    for (const { firstOnly, secondOnly, p, midP } of SCIPY.mcNemar) {
      const test = testMcNemar(firstOnly, secondOnly)
      expectClose(test.p, p, 1e-10)
      expectClose(test.midP, midP, 1e-10)
    }
  })

  it('gives the published p of the 21 children of Fagerland and others 2013: exact 0.070, mid-p 0.039', () => {
    const { p, midP } = testMcNemar(1, 7)
    expect(p).toBeCloseTo(0.0703, 4)
    expect(midP).toBeCloseTo(0.0391, 4)
  })

  it('is 1 where nothing speaks for either, and needs six images that all speak for one', () => {
    expect(testMcNemar(0, 0).p).toBe(1)
    expect(testMcNemar(40, 40).p).toBe(1)
    expect(testMcNemar(0, 5).p).toBe(0.0625)
    expect(testMcNemar(0, 6).p).toBe(0.03125)
  })

  it('says the same whichever model is named first, and less the more uneven the split is', () => {
    fc.assert(
      fc.property(count, count, (one, other) => {
        const { p, midP } = testMcNemar(one, other)
        expect(testMcNemar(other, one).p).toBe(p)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(midP).toBeLessThanOrEqual(p)
        const smaller = Math.min(one, other)
        if (smaller === 0) return
        expect(testMcNemar(smaller - 1, Math.max(one, other) + 1).p).toBeLessThanOrEqual(p * (1 + 1e-12))
      }),
    )
  })

  it('never calls more than one in twenty fair coins uneven', () => {
    // The exact chance that p <= 0.05 for a fair coin, summed over all outcomes of 60 tosses.
    let chance = 0
    let outcome = 0.5 ** 60
    for (let heads = 0; heads <= 60; heads++) {
      if (testMcNemar(heads, 60 - heads).p <= 0.05) chance += outcome
      outcome *= (60 - heads) / (heads + 1)
    }
    expect(chance).toBeGreaterThan(0.01)
    expect(chance).toBeLessThanOrEqual(0.05)
  })

  it('refuses what is no count', () => {
    expect(() => testMcNemar(-1, 3)).toThrow('-1')
    expect(() => testMcNemar(1.5, 3)).toThrow('1.5')
  })
})

describe('the noise floor of a test set', () => {
  it('is the least surplus that the exact test shows, and one image less shows nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 3000 }), (disagreements) => {
        const surplus = smallestShownSurplus(disagreements) ?? Number.NaN
        const fewer = (disagreements - surplus) / 2
        expect(testMcNemar(fewer, disagreements - fewer).p).toBeLessThanOrEqual(0.05)
        if (surplus >= 2) expect(testMcNemar(fewer + 1, disagreements - fewer - 1).p).toBeGreaterThan(0.05)
      }),
    )
  })

  it('shows nothing with fewer than six disagreements or no images', () => {
    expect(noiseFloor(10_000, 5).difference).toBeNull()
    expect(noiseFloor(10_000, 6).difference).toBe(0.0006)
    expect(noiseFloor(0, 0).difference).toBeNull()
  })

  it('is 0.86 points for two models of 90 % that err independently on 10,000 images', () => {
    const floor = assumedNoiseFloor(10_000, 0.9)
    expect(floor.disagreements).toBe(1800)
    expect(floor.difference).toBe(0.0086)
  })
})
