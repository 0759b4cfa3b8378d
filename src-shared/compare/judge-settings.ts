// Settings against the baseline's setting, over the seeds that are compared. A seed counts once, however often it was
// trained: its accuracy is then the mean. One seed alone never speaks for a setting.
import {
  type MeanDifference,
  pairedMeanDifference,
  welchMeanDifference,
} from '../core/statistics/mean-difference.ts'
import { exactAccuracy } from '../run.ts'
import { settingKey } from './settings-that-differ.ts'
import { outcomeOf, type Subject } from './subject.ts'
import type { SettingRefusal, SettingVerdict } from './verdict.ts'

interface JudgedSetting {
  readonly runIds: readonly string[]
  readonly verdict: SettingVerdict
}

/** Fewer seeds than this show no spread. */
const LEAST_SEEDS = 2

/** For each setting among the subjects, the baseline's own first. */
export function judgeSettings(subjects: readonly Subject[], baseline: Subject): readonly JudgedSetting[] {
  const groups = new Map<string, Subject[]>([[keyOf(baseline), []]])
  for (const subject of subjects) {
    const key = keyOf(subject)
    groups.set(key, [...(groups.get(key) ?? []), subject])
  }
  const own = groups.get(keyOf(baseline)) ?? []
  return [...groups.values()].map((group) => ({
    runIds: group.map(({ runId }) => runId),
    verdict: judgeSetting(group, own),
  }))
}

function keyOf({ experiment, datasetHash }: Subject): string {
  return settingKey(experiment, datasetHash)
}

function judgeSetting(group: readonly Subject[], own: readonly Subject[]): SettingVerdict {
  const mine = accuracyBySeed(group)
  const theirs = accuracyBySeed(own)
  const refuse = (reason: SettingRefusal): SettingVerdict => ({
    state: 'refused',
    reason,
    seeds: [mine.size, theirs.size],
  })
  const refusal = refuseSettings(group, own)
  if (refusal !== null) return refuse(refusal)
  if (mine.size === 0 || theirs.size === 0) return refuse('not-evaluated')
  if (mine.size < LEAST_SEEDS || theirs.size < LEAST_SEEDS) return refuse('single-seed')
  const result = compareSeeds(mine, theirs)
  if (result === null) return refuse('no-spread')
  const engines = new Set([...group, ...own].filter(({ test }) => test !== null).map(({ engine }) => engine))
  return {
    state: 'judged',
    outcome: outcomeOf(result.p, result.difference),
    method: result.kind,
    seeds: [...result.counts],
    difference: result.difference,
    ...result.interval,
    p: result.p,
    correctedP: result.p,
    isOtherEngine: engines.size > 1,
  }
}

function refuseSettings(group: readonly Subject[], own: readonly Subject[]): SettingRefusal | null {
  const [first] = group
  const [baseline] = own
  if (first === undefined || baseline === undefined || keyOf(first) === keyOf(baseline)) return 'same-setting'
  if (first.datasetHash !== baseline.datasetHash) return 'other-data'
  const counts = new Set([...group, ...own].flatMap(({ test }) => (test === null ? [] : [test.count])))
  return counts.size > 1 ? 'other-images' : null
}

/** Of the runs that were evaluated. */
function accuracyBySeed(group: readonly Subject[]): ReadonlyMap<number, number> {
  const found = new Map<number, number[]>()
  for (const { experiment, test } of group) {
    if (test === null || test.count === 0) continue
    found.set(experiment.seed, [...(found.get(experiment.seed) ?? []), exactAccuracy(test)])
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / values.length
  return new Map([...found].map(([seed, values]) => [seed, mean(values)]))
}

/** In pairs over the seeds that both have, where there are two or more; otherwise Welch over all. */
function compareSeeds(
  mine: ReadonlyMap<number, number>,
  theirs: ReadonlyMap<number, number>,
): MeanDifference | null {
  const pairs = [...mine].flatMap(([seed, accuracy]): [number, number][] => {
    const other = theirs.get(seed)
    return other === undefined ? [] : [[accuracy, other]]
  })
  if (pairs.length >= LEAST_SEEDS) return pairedMeanDifference(pairs)
  return welchMeanDifference([...mine.values()], [...theirs.values()])
}
