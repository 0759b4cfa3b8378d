// From a whole run, as events carry it, to the line that the list holds.
import type { RunSummary } from '#shared/run-list.ts'
import type { EpochMetrics, Run } from '#shared/run.ts'

export function summarizeRun(run: Run): RunSummary {
  const { dataset, engine, hardware, epochs, evaluation, ...same } = run
  const { classNames, ...shortDataset } = dataset
  return {
    ...same,
    dataset: shortDataset,
    engine: engine?.name ?? null,
    lastEpoch: epochs.at(-1) ?? null,
    evaluation:
      evaluation === null
        ? null
        : { split: evaluation.split, metrics: evaluation.metrics, top5Accuracy: evaluation.top5Accuracy },
  }
}

/** An epoch that is older than the one known changes nothing. */
export function addEpoch(run: RunSummary, epoch: EpochMetrics): RunSummary {
  if (run.lastEpoch !== null && run.lastEpoch.epoch >= epoch.epoch) return run
  return { ...run, lastEpoch: epoch }
}
