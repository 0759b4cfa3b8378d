// What came of a run, as numbers that can be compared: figures of an epoch, of the final evaluation, and what it cost.
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import type { EpochMetrics, SplitMetrics } from '#shared/run.ts'
import { writePoints } from '#shared/compare/verdict-words.ts'
import { capitalize } from '../../parts/capitalize.ts'
import { writeCount, writeDuration, writeMeasure, writeShare } from '../../parts/numbers.ts'
import type { EpochChoice } from '../../state/comparison-view.ts'
import { pickEpoch } from './pick-epoch.ts'

export interface Measure {
  readonly key: string
  readonly label: string
  /** What it is, in full. */
  readonly title: string
  readonly group: 'figures' | 'cost'
  readonly value: (run: ComparedRun, choice: EpochChoice) => number | null
  readonly write: (value: number) => string
  /** A difference with its sign. */
  readonly writeDifference: (difference: number) => string
}

const signed = (write: (value: number) => string) => (difference: number) => {
  const text = write(Math.abs(difference))
  return /^0(\.0*)?( |$)/.test(text) ? text : `${difference > 0 ? '+' : '−'}${text}`
}
const writeLossDifference = (value: number): string => value.toFixed(4)
const writeWhole = (value: number): string => writeCount(Math.round(value))

type Split = 'train' | 'validation' | 'test'
const SPLITS: readonly (readonly [Split, string])[] = [
  ['train', 'while the weights moved'],
  ['validation', 'on the images held out'],
  ['test', 'on the test images, watched in every epoch'],
]

export const TEST_ACCURACY: Measure = {
  key: 'evaluationAccuracy',
  label: 'Test accuracy',
  title: 'Share of the test images that the final model has right; it follows the last epoch',
  group: 'figures',
  value: ({ evaluation }) => (evaluation === null ? null : exact(evaluation.metrics)),
  write: writeShare,
  writeDifference: writePoints,
}

export const MEASURES: readonly Measure[] = [
  TEST_ACCURACY,
  {
    key: 'evaluationLoss',
    label: 'Test loss',
    title: 'Mean loss of the final model on the test images',
    group: 'figures',
    value: ({ evaluation }) => evaluation?.metrics.exactLoss ?? null,
    write: writeMeasure,
    writeDifference: signed(writeLossDifference),
  },
  ...SPLITS.flatMap(([split, how]) => splitMeasures(split, how)),
  ofEpoch(
    'elapsedMs',
    'Time',
    'Training and measuring up to this epoch, without pauses',
    (epoch) => epoch.elapsedMs,
    writeDuration,
  ),
  ofEpoch(
    'imagesPerSecond',
    'Images/s',
    'Training images per second in this epoch',
    (epoch) => epoch.imagesPerSecond,
    writeWhole,
  ),
  cost('parameters', 'Parameters', 'Numbers that are learned', ({ parameters }) => parameters),
  cost(
    'multiplyAdds',
    'Multiply-adds',
    'Multiplications with additions for one image forward',
    (run) => run.multiplyAdds,
  ),
]

function splitMeasures(split: Split, how: string): readonly Measure[] {
  const label = split === 'test' ? 'Test, per epoch:' : capitalize(split)
  const read =
    (take: (metrics: SplitMetrics) => number | null): Measure['value'] =>
    (run, choice) => {
      const metrics = pickEpoch(run, choice).epoch?.[split] ?? null
      return metrics === null ? null : take(metrics)
    }
  return [
    {
      ...{ key: `${split}Accuracy`, label: `${label} accuracy`, title: `Accuracy ${how}`, group: 'figures' },
      value: read(exact),
      write: writeShare,
      writeDifference: writePoints,
    },
    {
      ...{ key: `${split}Loss`, label: `${label} loss`, title: `Loss ${how}`, group: 'figures' },
      value: read(({ loss }) => loss),
      write: writeMeasure,
      writeDifference: signed(writeLossDifference),
    },
  ]
}

function ofEpoch(
  key: string,
  label: string,
  title: string,
  take: (epoch: EpochMetrics) => number,
  write: (value: number) => string,
): Measure {
  const value: Measure['value'] = (run, choice) => {
    const { epoch } = pickEpoch(run, choice)
    return epoch === null ? null : take(epoch)
  }
  return { key, label, title, group: 'cost', value, write, writeDifference: signed(write) }
}

function cost(
  key: string,
  label: string,
  title: string,
  value: (run: ComparedRun) => number | null,
): Measure {
  return { key, label, title, group: 'cost', value, write: writeWhole, writeDifference: signed(writeWhole) }
}

function exact({ correct, count }: SplitMetrics): number | null {
  return count === 0 ? null : correct / count
}
