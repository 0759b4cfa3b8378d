// What the missing trainings cost: which networks have to be measured, and the sum when they are.
import type { Calibration } from '../calibration.ts'
import type { SweepDataset } from '../field-texts.ts'
import { type CostGroup, costOf, groupByCost } from '../sweep-cost.ts'
import type { PaperTraining } from './trainings.ts'

export interface PaperCost {
  readonly milliseconds: number
  /** Trainings whose network could not be measured; they are not in the sum. */
  readonly unknown: number
}

/** Those that are missing or can go on; what waits or trains already has been asked for. */
export function startable(trainings: readonly PaperTraining[]): readonly PaperTraining[] {
  return trainings.filter(({ state }) => state === 'missing' || state === 'stopped')
}

/** A training with only the epochs that it still has to do. */
function remaining({ experiment, finishedEpochs }: PaperTraining): PaperTraining['experiment'] {
  return { ...experiment, epochs: experiment.epochs - finishedEpochs }
}

export function costGroups(trainings: readonly PaperTraining[]): readonly CostGroup[] {
  return groupByCost(trainings.filter((one) => remaining(one).epochs > 0).map(remaining))
}

/** @param find what was measured for a group, or undefined */
export function sumCosts(
  groups: readonly CostGroup[],
  find: (group: CostGroup) => Calibration | undefined,
  dataset: Pick<SweepDataset, 'trainCount' | 'testCount'>,
): PaperCost {
  let milliseconds = 0
  let unknown = 0
  for (const group of groups) {
    const calibration = find(group)
    if (calibration?.state !== 'measured') unknown += group.experiments.length
    else for (const experiment of group.experiments) milliseconds += costOf(experiment, calibration, dataset)
  }
  return { milliseconds, unknown }
}
