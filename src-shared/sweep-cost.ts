// What a sweep costs: which networks have to be measured, and what a measurement says of the experiments that share it.
// Nothing is guessed: what is not measured is not known.
import { estimateMs, type MeasuredCalibration, type SplitSizes } from './calibration.ts'
import type { Experiment } from './experiment.ts'
import type { SweepDataset } from './field-texts.ts'

type Counts = Pick<SweepDataset, 'trainCount' | 'testCount'>

/** Experiments whose steps take the same time. */
export interface CostGroup {
  readonly key: string
  /** At least one; the first stands for all when it is measured. */
  readonly experiments: readonly [Experiment, ...Experiment[]]
}

/** The same for experiments whose steps take the same time; learning rate, epochs and seeds do not matter. */
export function calibrationKey(experiment: Experiment): string {
  const { dataset, model, loss, optimizer, batchSize, augmentation } = experiment
  return JSON.stringify([dataset, model, loss, optimizer.name, batchSize, augmentation])
}

/** One group for every measurement that is needed. */
export function groupByCost(experiments: readonly Experiment[]): readonly CostGroup[] {
  const groups = new Map<string, [Experiment, ...Experiment[]]>()
  for (const experiment of experiments) {
    const key = calibrationKey(experiment)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [experiment])
    else group.push(experiment)
  }
  return [...groups].map(([key, members]) => ({ key, experiments: members }))
}

/** Milliseconds of one experiment by the measurement of its group. */
export function costOf(experiment: Experiment, measured: MeasuredCalibration, dataset: Counts): number {
  return estimateMs(measured, experiment, splitSizes(experiment, dataset))
}

/** Milliseconds of a whole group. */
export function costOfGroup(
  { experiments }: CostGroup,
  measured: MeasuredCalibration,
  dataset: Counts,
): number {
  return experiments.reduce((sum, experiment) => sum + costOf(experiment, measured, dataset), 0)
}

function splitSizes(
  { trainImages, validationImages }: Experiment,
  { trainCount, testCount }: Counts,
): SplitSizes {
  return {
    train: trainImages ?? trainCount - validationImages,
    validation: validationImages,
    test: testCount,
  }
}
