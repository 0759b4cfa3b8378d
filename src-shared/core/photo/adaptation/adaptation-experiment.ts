// The experiment of an adaptation: a short training of the classifier alone (see classifier-step.ts) with small steps, on
// photos that are changed anew in every epoch and on some training images beside them, so that nothing known is forgotten.
// Source of mixing old images in: rehearsal, Robins 1995, "Catastrophic forgetting, rehearsal and pseudorehearsal".
import type { Adaptation } from '../../../adaptation.ts'
import { type Experiment, optimizerSettings, parseExperiment } from '../../../experiment.ts'

const EPOCHS = 6
const LEARNING_RATE = 0.001
const BATCH_SIZE = 32
/** Training images beside the photos. */
const REMEMBERED = 3000

/** @param trainCount training images that the parent could train on, before `trainImages` takes some of them */
export function adaptExperiment(parent: Experiment, adaptation: Adaptation, trainCount: number): Experiment {
  const available = trainCount - parent.validationImages
  return parseExperiment({
    ...parent,
    testEachEpoch: false,
    trainImages: Math.min(REMEMBERED, parent.trainImages ?? available),
    optimizer: optimizerSettings.parse({ name: 'adam' }),
    learningRate: LEARNING_RATE,
    learningRateSchedule: 'cosine',
    batchSize: BATCH_SIZE,
    epochs: EPOCHS,
    augmentation: 'photo',
    adaptation,
  })
}
