// Columns of the epochs table: only splits that were measured have theirs.
import { type EpochMetrics, exactAccuracy, type SplitMetrics } from '#shared/run.ts'
import { capitalize } from '../../parts/capitalize.ts'
import { NOTHING, writeCount, writeDuration, writeMeasure, writeShare } from '../../parts/numbers.ts'
import type { Column } from '../../parts/table/column.ts'

type Read = (epoch: EpochMetrics) => number | null

export function epochColumns(epochs: readonly EpochMetrics[]): readonly Column<EpochMetrics>[] {
  const splits = (['train', 'validation', 'test'] as const).filter((split) =>
    epochs.some((one) => one[split] !== null),
  )
  return [
    { ...column('epoch', 'Epoch', 64, ({ epoch }) => epoch, writeCount), align: 'start' },
    ...splits.flatMap((split) => {
      const of = (read: (metrics: SplitMetrics) => number): Read => {
        return (epoch) => (epoch[split] === null ? null : read(epoch[split]))
      }
      const name = capitalize(split)
      return [
        column(
          `${split}Loss`,
          `${name} loss`,
          112,
          of(({ loss }) => loss),
          writeMeasure,
        ),
        column(`${split}Accuracy`, `${name} accuracy`, 136, of(exactAccuracy), writeShare),
      ]
    }),
    column('elapsedMs', 'Time so far', 112, ({ elapsedMs }) => elapsedMs, writeDuration),
    column(
      'imagesPerSecond',
      'Images/s',
      96,
      ({ imagesPerSecond }) => imagesPerSecond,
      (value) => writeCount(Math.round(value)),
    ),
  ]
}

function column(
  key: string,
  label: string,
  width: number,
  value: Read,
  write: (value: number) => string,
): Column<EpochMetrics> {
  const text = (epoch: EpochMetrics): string => {
    const found = value(epoch)
    return found === null ? NOTHING : write(found)
  }
  return { key, label, width, align: 'end', value, text }
}
