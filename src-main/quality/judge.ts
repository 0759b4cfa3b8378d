// The labels of a dataset judged: by networks trained for this, out of fold, or by a run of the history, which can judge
// only what it was not trained on.
import type { Dataset } from '#shared/core/datasets/dataset.ts'
import { taskFor } from '#shared/core/models/layers.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { judgeLabels } from '#shared/core/quality/judge-labels.ts'
import type { ImagePool } from '#shared/core/quality/image-pool.ts'
import { predictOutOfFold } from '#shared/core/quality/out-of-fold.ts'
import { predictWith } from '#shared/core/training/predict-probabilities.ts'
import { selectSplits } from '#shared/core/training/select-splits.ts'
import { type Experiment, parseExperiment } from '#shared/experiment.ts'
import type { QualityProgress, QualityReport } from '#shared/quality.ts'
import { readCheckpoint } from '../training/checkpoint-file.ts'
import type { Pace } from '#shared/core/training/pace.ts'
import type { InspectionJob } from './inspection-messages.ts'

type Tell = (progress: QualityProgress) => void
type RunJudge = Extract<InspectionJob['judge'], { type: 'run' }>

const FOLDS = 4
/** About so many images are looked at by each network, however large the dataset is. */
const LOOKS = 90_000
const [FEWEST_EPOCHS, MOST_EPOCHS] = [4, 12]

export function judge(
  job: InspectionJob,
  dataset: Dataset,
  pool: ImagePool,
  pace: Pace,
  tell: Tell,
): Promise<QualityReport['labels']> {
  return job.judge.type === 'run'
    ? judgeByRun(job.judge, dataset, pool, pace, tell)
    : judgeByFolds(dataset, pool, pace, tell)
}

/** How the networks of the folds are trained: quick, and good enough to doubt a label. */
export function chooseFoldExperiment({ id, train }: Pick<Dataset, 'id' | 'train'>): Experiment {
  const images = Math.max(1, Math.round((train.count * (FOLDS - 1)) / FOLDS))
  const epochs = Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, Math.round(LOOKS / images)))
  return parseExperiment({
    dataset: id,
    validationImages: 0,
    model: { name: 'tiny-vgg', dropout: 0.2 },
    optimizer: { name: 'adam' },
    learningRate: 0.002,
    epochs,
  })
}

async function judgeByFolds(
  dataset: Dataset,
  pool: ImagePool,
  pace: Pace,
  tell: Tell,
): Promise<QualityReport['labels']> {
  const experiment = chooseFoldExperiment(dataset)
  const folds = Math.max(2, Math.min(FOLDS, dataset.train.count))
  const probabilities = await predictOutOfFold({
    ...{
      dataset,
      experiment,
      folds,
      network: buildNetwork(experiment.model, taskFor(dataset, dataset.classNames.length)),
    },
    control: pace,
    onProgress: (share, fold) => tell({ stage: 'training', share, detail: `Network ${fold} of ${folds}` }),
  })
  tell({ stage: 'labels', share: 0, detail: '' })
  const all = Uint32Array.from({ length: pool.count }, (_, image) => image)
  return judgeLabels(pool, all, probabilities, { type: 'folds', folds, experiment })
}

async function judgeByRun(
  { runId, name, experiment, marks, runFolder, checkpoint }: RunJudge,
  dataset: Dataset,
  pool: ImagePool,
  pace: Pace,
  tell: Tell,
): Promise<QualityReport['labels']> {
  tell({ stage: 'labels', share: 0, detail: `Run ${runId}` })
  const { validation, test } = selectSplits(dataset, experiment, marks)
  const network = buildNetwork(experiment.model, taskFor(dataset, dataset.classNames.length))
  const state = await readCheckpoint(runFolder, checkpoint)
  const breathe = (): Promise<void> => pace.breathe()
  const heldOut = validation === null ? [] : [await predictWith(network, state, validation, breathe)]
  const parts = [...heldOut, await predictWith(network, state, test, breathe)]
  const images = [...(validation?.indices ?? []), ...test.indices.map((index) => index + pool.trainCount)]
  return judgeLabels(pool, Uint32Array.from(images), join(parts), { type: 'run', runId, name })
}

function join(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  parts.reduce((at, part) => (joined.set(part, at), at + part.length), 0)
  return joined
}
