import { describe, expect, it } from 'vitest'
import { LiveCurve } from '#main/training/live-curve.ts'
import { sampleProgress } from '../host/fake-trainers.ts'

describe('the curve of a run in training', () => {
  it('is that of the epoch that goes on, with the newest progress', () => {
    const curve = new LiveCurve()
    expect(curve.read()).toEqual({ batchLosses: [], progress: null })
    curve.add(sampleProgress(1, 10))
    curve.add(sampleProgress(2, 5))
    expect(curve.read()).toEqual({
      batchLosses: sampleProgress(2, 5).batchLosses,
      progress: sampleProgress(2, 5),
    })
    expect([curve.readEpoch(1), curve.readEpoch(2)]).toEqual([[], sampleProgress(2, 5).batchLosses])
  })

  it('has at most 200 points, evenly over the epoch and in their order', () => {
    const curve = new LiveCurve()
    for (let batch = 1; batch <= 1875; batch++) curve.add(sampleProgress(1, batch, 1875))
    const batches = curve.readEpoch(1).map(({ batch }) => batch)
    expect(batches).toHaveLength(200)
    expect(batches.at(-1)).toBe(1875)
    const steps = batches.slice(1).map((batch, index) => batch - (batches[index] ?? 0))
    expect([Math.min(...steps), Math.max(...steps)]).toEqual([9, 10])
  })

  it('has every batch of a short epoch', () => {
    const curve = new LiveCurve()
    for (let batch = 1; batch <= 7; batch++) curve.add(sampleProgress(1, batch, 7))
    expect(curve.readEpoch(1)).toHaveLength(7)
  })
})
