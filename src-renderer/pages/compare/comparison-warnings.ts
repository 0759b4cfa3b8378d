// What makes runs hard to compare, or missing, told above the table.
import type { ComparedRun, ComparedRuns } from '#shared/contract/comparisons.ts'
import { labelRuns } from '../../parts/run-labels.ts'

export function warnOf(runs: readonly ComparedRun[], missing: ComparedRuns['missing']): readonly string[] {
  const distinct = (value: (run: ComparedRun) => unknown): number =>
    new Set(runs.map(value).filter((one) => one !== null)).size
  const labels = labelRuns(runs)
  const deleted = runs.filter(({ deletedAt }) => deletedAt !== null)
  return [
    ...missing.map(({ message }) => `A run is missing: ${message}`),
    ...deleted.map(
      ({ id, name }) =>
        `${labels.get(id) ?? name} is deleted; it stays comparable until it is gone for good.`,
    ),
    ...(distinct(({ dataset }) => dataset.hash) > 1
      ? ['These runs saw different data: their figures do not compare, and their images are not paired.']
      : []),
    ...(distinct(({ experiment }) => experiment.loss) > 1
      ? ['Losses of different kinds do not compare in size; accuracies do.']
      : []),
    ...(distinct(({ engine }) => engine?.name ?? null) > 1
      ? ['These runs were computed by different engines, whose rounding alone may change a few answers.']
      : []),
  ]
}
