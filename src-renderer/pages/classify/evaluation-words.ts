// What measuring on a few photos can and cannot say, in sentences.
import { boundMcNemar } from '#shared/core/statistics/mcnemar-bounds.ts'
import { SIGNIFICANCE } from '#shared/core/statistics/mcnemar.ts'
import type { PhotoEvaluation } from '#shared/photo-batch.ts'
import { capitalize } from '../../parts/capitalize.ts'
import { writeCountOf } from './photo-words.ts'

type Measured = Pick<PhotoEvaluation, 'count' | 'correct' | 'confusionMatrix' | 'classNames'> & {
  readonly name: string
}

/** '12.4 points below', of a difference of two shares. */
export function writeGap(gap: number): string {
  const points = Math.abs(gap * 100).toFixed(1)
  if (points === '0.0') return 'none'
  return `${points} points ${gap > 0 ? 'below' : 'above'}`
}

/** '8 photos of not-a-garment are left out: the run does not know that class.'; null where every label is known. */
export function describeUnknown(evaluations: readonly Pick<PhotoEvaluation, 'unknown'>[]): string | null {
  const counts = new Map(
    evaluations.flatMap(({ unknown }) => unknown.map((one) => [one.className, one.count])),
  )
  if (counts.size === 0) return null
  const named = [...counts].map(([className, count]) => `${writeCountOf(count)} of ${className}`).join(', ')
  const isOne = counts.size === 1 && [...counts.values()][0] === 1
  const sees = evaluations.every(({ unknown }) => unknown.length > 0)
  const who = evaluations.length === 1 ? 'the run does' : sees ? 'the runs do' : 'some of the runs do'
  return `${capitalize(named)} ${isOne ? 'is' : 'are'} left out: ${who} not know ${counts.size === 1 ? 'that class' : 'these classes'}.`
}

/** An interval wider than this says little. */
const WIDE = 0.1

/** Null where the accuracies are known well enough. */
export function describePrecision(
  evaluations: readonly Pick<PhotoEvaluation, 'count' | 'interval'>[],
): string | null {
  const widths = evaluations.map(({ interval }) => (interval === null ? 0 : interval.high - interval.low))
  const widest = Math.max(0, ...widths)
  const count = Math.min(...evaluations.map((one) => one.count).filter((one) => one > 0))
  if (widest <= WIDE || !Number.isFinite(count)) return null
  return `With ${count === 1 ? 'one photo' : `${count} photos`} the accuracy is known only roughly: the interval of 95 % is ${(widest * 100).toFixed(0)} points wide. More labelled photos make it narrower.`
}

/**
 * Whether two runs differ on the same photos: `shown` by McNemar's exact test however their answers fall together,
 * `not-shown` however they do, `open` where that decides; null where they did not judge the same photos.
 * @param pairs how many pairs are looked at, for which the level is shared out (Bonferroni)
 */
export function judgeDifference(
  one: Measured,
  other: Measured,
  pairs: number,
): 'shown' | 'not-shown' | 'open' | null {
  const totals = one.classNames.map((name, label) => {
    const otherLabel = other.classNames.indexOf(name)
    return {
      count: sum(one.confusionMatrix[label]),
      otherCount: sum(other.confusionMatrix[otherLabel]),
      first: one.confusionMatrix[label]?.[label] ?? 0,
      second: other.confusionMatrix[otherLabel]?.[otherLabel] ?? 0,
    }
  })
  if (one.count === 0 || one.count !== other.count || totals.some((each) => each.count !== each.otherCount))
    return null
  const { fewest, most } = boundMcNemar(totals)
  if (most.p <= SIGNIFICANCE / pairs) return 'shown'
  return fewest.p > SIGNIFICANCE ? 'not-shown' : 'open'
}

const sum = (counts: readonly number[] | undefined): number => (counts ?? []).reduce((a, b) => a + b, 0)

const MOST_NAMED = 5

/** One sentence or more about all pairs; none for fewer than two runs. */
export function describeDifferences(evaluations: readonly Measured[]): readonly string[] {
  const pairs = evaluations.flatMap((one, index) =>
    evaluations.slice(index + 1).map((other) => ({ one, other })),
  )
  if (pairs.length === 0) return []
  const judged = pairs.map((pair) => ({
    ...pair,
    verdict: judgeDifference(pair.one, pair.other, pairs.length),
  }))
  const countOf = (verdict: (typeof judged)[number]['verdict']): number =>
    judged.filter((pair) => pair.verdict === verdict).length
  const shown = judged.filter(({ verdict }) => verdict === 'shown')
  const named = shown.slice(0, MOST_NAMED).map(({ one, other }) => {
    const [better, worse] = one.correct > other.correct ? [one, other] : [other, one]
    return `${better.name} has more right than ${worse.name}, by more than chance gives.`
  })
  return [
    ...named,
    ...(shown.length > named.length ? [`So do ${shown.length - named.length} further pairs differ.`] : []),
    ...describeRest(pairs.length, countOf('not-shown'), countOf('open'), countOf(null)),
  ]
}

function describeRest(all: number, notShown: number, open: number, apart: number): readonly string[] {
  const told = (count: number, two: string, every: string, some: string): readonly string[] => {
    if (count === 0) return []
    if (all === 1) return [`The two runs ${two}`]
    return [count === all ? every : `${count === 1 ? 'One pair' : `${count} pairs`} of runs: ${some}`]
  }
  const few = 'on so few photos the difference may be chance.'
  const totals = 'the totals leave open on how many photos exactly one of two runs is right.'
  return [
    ...told(
      notShown,
      `are not shown to differ: ${few}`,
      `No two of these runs are shown to differ: ${few}`,
      `not shown to differ; ${few}`,
    ),
    ...told(
      open,
      `may differ: ${totals}`,
      `Any two of these runs may differ: ${totals}`,
      `may differ; ${totals}`,
    ),
    ...told(
      apart,
      'did not judge the same photos and cannot be compared.',
      'No two of these runs judged the same photos, so they cannot be compared.',
      'did not judge the same photos and cannot be compared.',
    ),
  ]
}
