// One run trained and asked: how many photos it has right, what its judge flags, and what adaptation gains.
import type { Dataset } from '#shared/core/datasets/dataset.ts'
import type { ParameterValues } from '#shared/core/models/initial-parameters.ts'
import {
  disposeParameters,
  loadParameters,
  type LiveParameters,
} from '#shared/core/models/live-parameters.ts'
import { taskFor } from '#shared/core/models/layers.ts'
import { buildNetwork, type Network } from '#shared/core/models/network.ts'
import { adaptExperiment } from '#shared/core/photo/adaptation/adaptation-experiment.ts'
import { adaptCopy, countRight, dealFolds } from '#shared/core/photo/adaptation/measure-gain.ts'
import { choosePhotos } from '#shared/core/photo/adaptation/mix-photos.ts'
import { fitJudge } from '#shared/core/photo/judge/fit-judge.ts'
import { judgeInput } from '#shared/core/photo/judge/judge.ts'
import { answerInputs, chooseViews } from '#shared/core/photo/judge/views.ts'
import { selectSplits } from '#shared/core/training/select-splits.ts'
import { train } from '#shared/core/training/train.ts'
import type { Experiment } from '#shared/experiment.ts'
import type { PhotoMeasures } from '#shared/preparation.ts'
import { type BenchPhoto, joinInputs } from './read-photos.ts'
import { drawStrange, STRANGE_KINDS } from './strange-pictures.ts'

const SPLITS = 5
const STRANGE_COUNT = 100
const TEST_IMAGES = 2000
const INPUT_BYTES = 784

export interface PhotoFigures {
  readonly seed: number
  /** On the test images as they are. */
  readonly testAccuracy: number
  /** Of all garment photos, and of those that nobody wears before a white or plain background. */
  readonly photoAccuracy: number
  readonly plainAccuracy: number
  /** Accuracy on the other half of the photos before and after adaptation with one half: means over the splits. */
  readonly beforeAdaptation: number
  readonly afterAdaptation: number
  /** Shares with the verdict 'not-a-garment' or 'white-on-white', by what they are of. */
  readonly flagged: Readonly<Record<string, number>>
  /** Photos of garments that are wrong, with the class predicted. */
  readonly wrong: readonly { readonly file: string; readonly predicted: string }[]
}

export async function measureRun(
  experiment: Experiment,
  dataset: Dataset,
  photos: readonly BenchPhoto[],
): Promise<PhotoFigures> {
  const network = buildNetwork(experiment.model, taskFor(dataset, dataset.classNames.length))
  const { weights, testAccuracy } = await trainRun(experiment, network, dataset)
  const parameters = loadParameters(weights)
  try {
    const answers = await askAll({ experiment, network, parameters, dataset }, photos)
    const garments = photos.map((photo, i) => ({ photo, predicted: answers.labels[i] })).filter(isGarment)
    const plain = garments.filter(({ photo }) => !photo.worn && photo.background !== 'scene')
    return {
      seed: experiment.seed,
      testAccuracy,
      photoAccuracy: shareRight(garments),
      plainAccuracy: shareRight(plain),
      ...(await measureAdaptation(experiment, network, weights, dataset, photos)),
      flagged: answers.flagged,
      wrong: garments
        .filter(({ photo, predicted }) => predicted !== photo.label)
        .map(({ photo, predicted }) => ({
          file: photo.file,
          predicted: dataset.classNames[predicted ?? -1] ?? '',
        })),
    }
  } finally {
    disposeParameters(parameters)
  }
}

interface Answered {
  readonly photo: BenchPhoto
  readonly predicted: number | undefined
}

const isGarment = ({ photo }: Answered): boolean => photo.label >= 0

function shareRight(answered: readonly Answered[]): number {
  return answered.filter(({ photo, predicted }) => photo.label === predicted).length / answered.length
}

async function trainRun(experiment: Experiment, network: Network, dataset: Dataset) {
  let weights: readonly ParameterValues[] = []
  let testAccuracy = 0
  const control = { breathe: () => Promise.resolve(), elapsedMs: () => performance.now() }
  const splits = selectSplits(dataset, experiment, null)
  const { classNames } = dataset
  const task = { experiment, network, ...splits, classNames, resumeFrom: null, control }
  for await (const event of train(task)) {
    if (event.type === 'epoch-completed') weights = event.state.parameters
    if (event.type === 'completed') {
      const { correct, count } = event.evaluation.metrics
      testAccuracy = correct / count
    }
  }
  return { weights, testAccuracy }
}

interface Asked {
  readonly experiment: Experiment
  readonly network: Network
  readonly parameters: LiveParameters
  readonly dataset: Dataset
}

async function askAll(
  { experiment, network, parameters, dataset }: Asked,
  photos: readonly BenchPhoto[],
): Promise<{ labels: number[]; flagged: Record<string, number> }> {
  const breathe = () => Promise.resolve()
  const splits = selectSplits(dataset, experiment, null)
  const judge = await fitJudge({ experiment, network, parameters, ...splits, breathe })
  const ask = async (inputs: Uint8Array, measures: readonly (PhotoMeasures | null)[]) => {
    const logits = await answerInputs({ network, parameters, views: chooseViews(experiment), inputs })
    const { classes } = network.task
    return measures.map((measured, i) => {
      const input = inputs.subarray(i * INPUT_BYTES, (i + 1) * INPUT_BYTES)
      return judgeInput(judge, input, logits.subarray(i * classes, (i + 1) * classes), measured)
    })
  }
  const answers = await ask(
    joinInputs(photos),
    photos.map(({ measures }) => measures),
  )
  const isFlagged = ({ verdict }: { verdict: { name: string } }): boolean =>
    verdict.name === 'not-a-garment' || verdict.name === 'white-on-white'
  const shareOf = (judged: readonly (typeof answers)[number][]): number =>
    judged.filter(isFlagged).length / Math.max(1, judged.length)
  const flagged: Record<string, number> = {
    'photos of garments': shareOf(answers.filter((_, i) => (photos[i]?.label ?? -1) >= 0)),
    'photos of other things': shareOf(answers.filter((_, i) => (photos[i]?.label ?? -1) < 0)),
  }
  const count = Math.min(TEST_IMAGES, dataset.test.count)
  const nothing = (length: number): null[] => Array.from({ length }, () => null)
  flagged['test images'] = shareOf(
    await ask(dataset.test.pixels.subarray(0, count * INPUT_BYTES), nothing(count)),
  )
  for (const kind of STRANGE_KINDS) {
    const inputs = drawStrange(kind, STRANGE_COUNT, experiment.seed)
    flagged[kind] = shareOf(await ask(inputs, nothing(STRANGE_COUNT)))
  }
  return { labels: answers.map(({ ranking }) => ranking[0]?.label ?? -1), flagged }
}

/** With one half of the photos, measured on the other, in seeded splits. */
async function measureAdaptation(
  experiment: Experiment,
  network: Network,
  startFrom: readonly ParameterValues[],
  dataset: Dataset,
  photos: readonly BenchPhoto[],
) {
  const garments = photos.filter(({ label }) => label >= 0)
  const all = { inputs: joinInputs(garments), labels: Uint8Array.from(garments, ({ label }) => label) }
  const adaptation = {
    parentRunId: 'bench',
    parentEpoch: experiment.epochs,
    photos: '0'.repeat(16),
    photoCount: garments.length,
  }
  const adapted = adaptExperiment(experiment, adaptation, dataset.train.count)
  const task = {
    experiment: adapted,
    network,
    startFrom,
    parentAugmentation: experiment.augmentation,
    remembered: selectSplits(dataset, adapted, null).train,
    photos: all,
    classNames: dataset.classNames,
    breathe: () => Promise.resolve(),
  }
  let before = 0
  let after = 0
  for (let seed = 0; seed < SPLITS; seed++) {
    const halves = dealFolds(all.labels, 2, seed)
    const other = choosePhotos(all, (photo) => halves[photo] === 1)
    const weights = await adaptCopy(
      task,
      choosePhotos(all, (photo) => halves[photo] === 0),
    )
    const share = SPLITS * other.labels.length
    before += (await countRight(task, startFrom, experiment.augmentation, other)) / share
    after += (await countRight(task, weights, adapted.augmentation, other)) / share
  }
  return { beforeAdaptation: before, afterAdaptation: after }
}
