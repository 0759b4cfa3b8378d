// A run's confidence measured, inside the trainer process: its logits for the validation and the test images, the
// temperature fitted on the former, and how reliable both are, before and after. On the disk before its end is told.
import { taskFor } from '#shared/core/models/layers.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import {
  fitTemperature,
  HIGHEST_TEMPERATURE,
  LOWEST_TEMPERATURE,
} from '#shared/core/statistics/temperature.ts'
import { measureReliability } from '#shared/core/statistics/reliability.ts'
import type { Selection } from '#shared/core/training/batches.ts'
import { countConfusions } from '#shared/core/training/class-scores.ts'
import type { Pace } from '#shared/core/training/pace.ts'
import { predictLogitsWith } from '#shared/core/training/predict-probabilities.ts'
import { rankLogits } from '#shared/core/training/rank-logits.ts'
import { selectSplits } from '#shared/core/training/select-splits.ts'
import type { MeasuredSplit, MeasuringProgress, MeasuringStage } from '#shared/evaluation.ts'
import { Failure } from '#shared/failure.ts'
import type { SplitPredictions } from '#shared/run.ts'
import { DatasetLibrary } from '../datasets/dataset-library.ts'
import { loadSameSource } from '../datasets/dataset-source.ts'
import { GENERATED_DATASETS } from '../datasets/generated-datasets.ts'
import { startEngine } from '../engines/start-engine.ts'
import { readCheckpoint } from '../training/checkpoint-file.ts'
import { writeAnswers } from './measured-answers.ts'
import type { MeasuringJob } from './measuring-messages.ts'

/** Images between two words of progress; as many as go through the network at once. */
const IMAGES_AT_ONCE = 512
/** How near to an end of the search a temperature counts as standing there. */
const AT_LIMIT = 1.001

type Tell = (progress: MeasuringProgress) => void

/** @throws Failure with the reason why nothing was measured */
export async function measureConfidence(job: MeasuringJob, pace: Pace, tell: Tell): Promise<void> {
  tell({ stage: 'loading', share: 0 })
  const { experiment, dataset: source, runFolder, checkpoint, file } = job
  const library = new DatasetLibrary({ directory: job.datasetsFolder, generated: GENERATED_DATASETS })
  const dataset = await loadSameSource(library, source, source.hash)
  const { validation, test } = selectSplits(dataset, experiment, job.marks)
  if (validation === null)
    throw new Failure('conflict', 'The run held no images out to fit a temperature on.')
  const engine = await startEngine(job.engine)
  const classes = dataset.classNames.length
  const network = buildNetwork(experiment.model, taskFor(dataset, classes))
  const state = await readCheckpoint(runFolder, checkpoint)
  const answer = (selection: Selection, stage: MeasuringStage): Promise<Float32Array> => {
    const count = selection.indices.length
    let done = 0
    return predictLogitsWith(network, state, selection, async () => {
      tell({ stage, share: Math.min(1, done / count) })
      done += IMAGES_AT_ONCE
      await pace.breathe()
    })
  }
  const heldOut = { logits: await answer(validation, 'validation'), truth: truthOf(validation), classes }
  const tested = { logits: await answer(test, 'test'), truth: truthOf(test), classes }
  tell({ stage: 'fitting', share: 0 })
  const temperature = fitTemperature(heldOut.logits, heldOut.truth, classes)
  const predictions = rank(heldOut)
  const confusionMatrix = countConfusions(heldOut.truth, predictions.labels, classes)
  await writeAnswers(file, {
    validation: predictions,
    report: {
      measuredAt: new Date().toISOString(),
      engine: engine.name,
      temperature,
      isAtLimit: temperature < LOWEST_TEMPERATURE * AT_LIMIT || temperature > HIGHEST_TEMPERATURE / AT_LIMIT,
      validation: { ...measureSplit(heldOut, temperature), confusionMatrix },
      test: measureSplit(tested, temperature),
    },
  })
}

interface AnsweredSplit {
  /** [images, classes] */
  readonly logits: Float32Array
  readonly truth: Uint8Array
  readonly classes: number
}

function measureSplit(split: AnsweredSplit, temperature: number): MeasuredSplit {
  const { logits, truth, classes } = split
  const { labels } = rank(split)
  return {
    count: truth.length,
    correct: truth.reduce((sum, label, image) => sum + (labels[image] === label ? 1 : 0), 0),
    given: toReport(measureReliability(logits, truth, classes, 1)),
    scaled: toReport(measureReliability(logits, truth, classes, temperature)),
  }
}

function toReport({ bins, expected, surprise }: ReturnType<typeof measureReliability>) {
  return { bins: [...bins], expected, surprise }
}

/** The answers as an evaluation keeps them. */
function rank({ logits, truth, classes }: AnsweredSplit): SplitPredictions {
  const ranks = rankLogits(logits, Int32Array.from(truth), classes)
  return {
    labels: Uint8Array.from(ranks, ({ label }) => label),
    probabilities: Float32Array.from(ranks, ({ probability }) => probability),
  }
}

function truthOf({ source, indices }: Selection): Uint8Array {
  return Uint8Array.from(indices, (index) => source.labels[index] ?? 0)
}
