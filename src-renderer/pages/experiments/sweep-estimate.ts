// What the runs to be made cost on an engine, as far as it is measured.
import type { MeasuredCalibration } from '#shared/calibration.ts'
import type { EngineChoice, EngineDescription } from '#shared/engine.ts'
import type { SweepDataset } from '#shared/field-texts.ts'
import { costOfGroup, type CostGroup } from '#shared/sweep-cost.ts'
import type { Calibrations } from '../../state/calibrations.svelte.ts'

export type Estimate =
  | { readonly state: 'unknown'; readonly measured: number; readonly networks: number }
  | { readonly state: 'unavailable'; readonly reason: string }
  | {
      readonly state: 'measured'
      readonly ms: number
      /** Slowest and fastest network, in training images per second. */
      readonly rates: readonly [number, number]
      /** What 'auto' turned out to be. */
      readonly engine: EngineDescription
    }

export function estimateOn(
  engine: EngineChoice,
  groups: readonly CostGroup[],
  calibrations: Calibrations,
  dataset: Pick<SweepDataset, 'trainCount' | 'testCount'>,
): Estimate {
  const measured: { group: CostGroup; calibration: MeasuredCalibration }[] = []
  for (const group of groups) {
    const calibration = calibrations.find(engine, group.key)
    if (calibration?.state === 'unavailable') return { state: 'unavailable', reason: calibration.reason }
    if (calibration !== undefined) measured.push({ group, calibration })
  }
  const [first] = measured
  if (first === undefined || measured.length < groups.length) {
    return { state: 'unknown', measured: measured.length, networks: groups.length }
  }
  const rates = measured.map(({ calibration }) => calibration.trainImagesPerSecond)
  const costs = measured.map(({ group, calibration }) => costOfGroup(group, calibration, dataset))
  return {
    state: 'measured',
    ms: costs.reduce((sum, cost) => sum + cost, 0),
    rates: [Math.min(...rates), Math.max(...rates)],
    engine: first.calibration.engine,
  }
}
