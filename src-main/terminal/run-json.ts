// Runs as the command line prints them with --json: flat, accuracies as fractions, averaged as the paper does.
import type { EpochMetrics, Evaluation, Run, SplitMetrics } from '#shared/run.ts'
import type { RunSummary } from '#shared/run-list.ts'

type Record = Readonly<{ [name: string]: unknown }>

/** `trainLoss`, `trainAccuracy`, … ; figures of a split that was not measured are left out. */
export function flattenEpoch({
  epoch,
  train,
  validation,
  test,
  elapsedMs,
  imagesPerSecond,
}: EpochMetrics): Record {
  return {
    epoch,
    ...flattenSplit('train', train),
    ...flattenSplit('validation', validation),
    ...flattenSplit('test', test),
    elapsedMs,
    imagesPerSecond,
  }
}

function flattenSplit(split: string, metrics: SplitMetrics | null): Record {
  if (metrics === null) return {}
  return {
    [`${split}Loss`]: metrics.loss,
    [`${split}Accuracy`]: metrics.accuracy,
    [`${split}Correct`]: metrics.correct,
    [`${split}Count`]: metrics.count,
  }
}

export function flattenRun(run: Run): Record {
  return {
    ...run,
    epochs: run.epochs.map(flattenEpoch),
    evaluation: run.evaluation === null ? null : flattenEvaluation(run.evaluation),
  }
}

function flattenEvaluation({ split, metrics, ...rest }: Evaluation): Record {
  return { split, ...metrics, ...rest }
}

/** One run of a list: settings and last metrics beside each other. */
export function flattenSummary(run: RunSummary): Record {
  const { experiment, lastEpoch, evaluation, dataset, ...rest } = run
  const { model, optimizer, epochs, ...settings } = experiment
  return {
    ...rest,
    ...settings,
    datasetName: dataset.name,
    datasetHash: dataset.hash,
    generated: dataset.generated,
    model: model.name,
    modelSettings: model,
    optimizer: optimizer.name,
    optimizerSettings: optimizer,
    epochs,
    ...(lastEpoch === null ? { epoch: 0 } : flattenEpoch(lastEpoch)),
    evaluation:
      evaluation === null
        ? null
        : { split: evaluation.split, ...evaluation.metrics, top5Accuracy: evaluation.top5Accuracy },
  }
}
