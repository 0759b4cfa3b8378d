// All verdicts of a comparison from what is known of its runs: pure, so that every case can be tested.
import { correctByHolm } from '../core/statistics/holm.ts'
import { testMcNemar } from '../core/statistics/mcnemar.ts'
import { assumedNoiseFloor, noiseFloor } from '../core/statistics/noise-floor.ts'
import { pairedShareDifference } from '../core/statistics/paired-shares.ts'
import { exactAccuracy } from '../run.ts'
import { countAgreement } from './answers.ts'
import { judgeSettings } from './judge-settings.ts'
import { outcomeOf, type Subject } from './subject.ts'
import type { ModelRefusal, ModelVerdict, Outcome, Verdicts } from './verdict.ts'

/** @throws RangeError when the baseline is not among the subjects */
export function judge(subjects: readonly Subject[], baselineId: string): Verdicts {
  const baseline = subjects.find(({ runId }) => runId === baselineId)
  if (baseline === undefined) throw new RangeError(`the baseline ${baselineId} is not compared`)
  const others = subjects.filter((subject) => subject !== baseline)
  const models = correctTogether(others.map((subject) => judgeModel(subject, baseline)))
  const groups = judgeSettings(subjects, baseline)
  const settings = correctTogether(groups.map(({ verdict }) => verdict))
  return {
    baseline: baselineId,
    models: models.flatMap((verdict, index) => {
      const subject = others[index]
      return subject === undefined ? [] : [{ runId: subject.runId, verdict }]
    }),
    settings: settings.map((verdict, index) => ({ runIds: [...(groups[index]?.runIds ?? [])], verdict })),
    modelCount: models.filter(({ state }) => state === 'judged').length,
    settingCount: settings.filter(({ state }) => state === 'judged').length,
    noiseFloor: floorOf(models, baseline),
  }
}

function judgeModel(subject: Subject, baseline: Subject): ModelVerdict {
  const refusal = refuseModels(subject, baseline)
  if (refusal !== null || subject.right === null || baseline.right === null)
    return { state: 'refused', reason: refusal ?? 'no-answers' }
  const { images, firstOnly, secondOnly } = countAgreement(subject.right, baseline.right)
  const share = pairedShareDifference(firstOnly, secondOnly, images)
  if (share === null) return { state: 'refused', reason: 'not-evaluated' }
  const { p, midP } = testMcNemar(firstOnly, secondOnly)
  return {
    state: 'judged',
    outcome: outcomeOf(p, share.difference),
    difference: share.difference,
    ...share.interval,
    p,
    correctedP: p,
    midP,
    isOtherEngine: subject.engine !== baseline.engine,
    images,
    thisOnly: firstOnly,
    baselineOnly: secondOnly,
  }
}

function refuseModels(subject: Subject, baseline: Subject): ModelRefusal | null {
  if (subject.datasetHash !== baseline.datasetHash) return 'other-data'
  if (subject.test === null || baseline.test === null) return 'not-evaluated'
  if (subject.test.count !== baseline.test.count) return 'other-images'
  if (subject.right === null || baseline.right === null) return 'no-answers'
  return subject.right.length === baseline.right.length ? null : 'other-images'
}

type Correctable =
  | { readonly state: 'refused' }
  | {
      readonly state: 'judged'
      readonly p: number
      readonly correctedP: number
      readonly difference: number
      readonly outcome: Outcome
    }

/** By Holm over all that were judged; the outcome follows the corrected p. */
function correctTogether<Verdict extends Correctable>(verdicts: readonly Verdict[]): readonly Verdict[] {
  const corrected = correctByHolm(verdicts.flatMap((one) => (one.state === 'judged' ? [one.p] : [])))
  let next = 0
  return verdicts.map((verdict) => {
    if (verdict.state === 'refused') return verdict
    const correctedP = corrected[next++] ?? verdict.p
    return { ...verdict, correctedP, outcome: outcomeOf(correctedP, verdict.difference) }
  })
}

function floorOf(models: readonly ModelVerdict[], { test }: Subject): Verdicts['noiseFloor'] {
  if (test === null || test.count === 0) return null
  const disagreements = models
    .flatMap((one) => (one.state === 'judged' ? [one.thisOnly + one.baselineOnly] : []))
    .sort((one, other) => one - other)
  const median = disagreements[Math.floor((disagreements.length - 1) / 2)]
  return median === undefined
    ? { ...assumedNoiseFloor(test.count, exactAccuracy(test)), isAssumed: true }
    : { ...noiseFloor(test.count, median), isAssumed: false }
}
