import { describe, expect, it } from 'vitest'
import { rankLogits } from '#shared/core/training/rank-logits.ts'

describe('a row of logits', () => {
  it('predicts the highest, with its softmax, and places the truth', () => {
    const rankings = rankLogits(Float32Array.of(1, 3, 2, /**/ 0, 0, Math.log(2)), Int32Array.of(2, 2), 3)
    const softmax = 1 / (Math.exp(-2) + 1 + Math.exp(-1))
    expect(rankings).toEqual([
      { label: 1, probability: expect.closeTo(softmax, 6) as number, rankOfTruth: 1 },
      { label: 2, probability: expect.closeTo(0.5, 6) as number, rankOfTruth: 0 },
    ])
  })

  it('gives the lower class number first where logits are equal', () => {
    const same = Float32Array.of(5, 5, 5)
    const rank = (truth: number) => rankLogits(same, Int32Array.of(truth), 3)[0]
    expect([0, 1, 2].map((truth) => rank(truth)?.rankOfTruth)).toEqual([0, 1, 2])
    expect(rank(2)?.label).toBe(0)
  })

  it('has a probability even where the exponentials would overflow', () => {
    expect(rankLogits(Float32Array.of(1e30, -1e30), Int32Array.of(0), 2)[0]?.probability).toBe(1)
  })
})
