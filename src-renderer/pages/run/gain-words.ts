// What may be said of an adaptation's gain: only totals are kept, so McNemar's test is known between two ends.
import type { AdaptationGain } from '#shared/adaptation.ts'
import { boundMcNemar } from '#shared/core/statistics/mcnemar-bounds.ts'
import { SIGNIFICANCE } from '#shared/core/statistics/mcnemar.ts'

/** '+15.8 points' */
export function writeGain({ count, before, after }: AdaptationGain): string {
  const points = count === 0 ? 0 : ((after - before) / count) * 100
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)} points`
}

/** One sentence: whether so many photos show a difference. */
export function judgeGain({ count, before, after }: AdaptationGain): string {
  if (after === before) return 'As many photos are right as before: nothing was gained or lost.'
  const { fewest, most } = boundMcNemar([{ count, first: after, second: before }])
  const change = after > before ? 'gain' : 'loss'
  if (most.p <= SIGNIFICANCE)
    return `The ${change} is shown by McNemar's exact test at 5 %, whichever photos changed.`
  if (fewest.p > SIGNIFICANCE)
    return `So few photos do not show a ${change}: the difference may be chance. More labelled photos would tell.`
  return `Whether the ${change} is more than chance depends on which photos changed, and only totals are kept. More labelled photos would tell.`
}
