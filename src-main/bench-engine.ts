// One measurement in a process of its own, because a process has one engine and one peak of memory: TinyVGG with the
// paper's settings on random images in memory, through the same loop and the same evaluation as any run.
// Arguments: engine, batch size, and images a round, or 'auto' for as many as a round of a few seconds can do.
import type { LabelledImages } from '#shared/core/datasets/dataset.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { selectAll, type Selection } from '#shared/core/training/batches.ts'
import { evaluateSplit } from '#shared/core/training/evaluate.ts'
import { chooseLoss } from '#shared/core/training/losses.ts'
import { buildOptimizer } from '#shared/core/training/optimizers.ts'
import { train } from '#shared/core/training/train.ts'
import { loadState, type TrainingState } from '#shared/core/training/training-state.ts'
import type { EngineChoice } from '#shared/engine.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { describeFailure } from '#shared/failure.ts'
import { describeHardware } from './engines/hardware.ts'
import { startEngine } from './engines/start-engine.ts'

/** A line of the bench. */
export interface Measurement {
  readonly engine: string
  readonly batch: number
  /** Images in a round: fewer where an engine is slow. */
  readonly images: number
  readonly trainImagesPerSecond: number
  readonly inferImagesPerSecond: number
  readonly peakMemoryBytes: number
  readonly processor: string
  readonly versions: Readonly<Record<string, string>>
}

export type MeasurementMessage = { readonly measurement: Measurement } | { readonly unavailable: string }

/** Timed rounds; each figure is their median. */
const ROUNDS = 3
const MAX_IMAGES = 12_800
const SECONDS_A_ROUND = 3
const WARM_UP_BATCHES = 8

const TASK = { height: 28, width: 28, channels: 1, classes: 10 }
const BREATHE = (): Promise<void> => Promise.resolve()

async function measure(engine: EngineChoice, batch: number, images: number | null): Promise<Measurement> {
  const { name, gpu, versions } = await startEngine(engine)
  const pace = await warmUp(batch)
  const count = images ?? chooseImages(pace, batch)
  const selection = drawImages(count)
  const training = await trainRounds(selection, batch, ROUNDS)
  const inference = await inferRounds(selection, batch, training.state)
  return {
    engine: name,
    batch,
    images: count,
    trainImagesPerSecond: median(training.imagesPerSecond),
    inferImagesPerSecond: median(inference.slice(1)),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    processor: gpu ?? describeHardware(gpu).processor,
    versions,
  }
}

/** One batch, and more where they are quick. @returns images per second of the last round */
async function warmUp(batch: number): Promise<number> {
  const [first = 0] = (await trainRounds(drawImages(batch), batch, 1)).imagesPerSecond
  if (batch / first > SECONDS_A_ROUND) return first
  return (await trainRounds(drawImages(WARM_UP_BATCHES * batch), batch, 1)).imagesPerSecond[0] ?? first
}

/** As many whole batches as a round of a few seconds can do, at least one. */
function chooseImages(imagesPerSecond: number, batch: number): number {
  const batches = Math.floor((imagesPerSecond * SECONDS_A_ROUND) / batch)
  return Math.min(Math.max(batches, 1) * batch, MAX_IMAGES)
}

function drawImages(count: number): Selection {
  const random = new Random(42)
  const bytes = (length: number, limit: number): Uint8Array =>
    Uint8Array.from({ length }, () => random.below(limit))
  const pixels = bytes(count * TASK.height * TASK.width, 256)
  const source: LabelledImages = { count, pixels, labels: bytes(count, TASK.classes) }
  return selectAll(source)
}

/** Trains one epoch a round. */
async function trainRounds(
  selection: Selection,
  batchSize: number,
  epochs: number,
): Promise<{ readonly imagesPerSecond: readonly number[]; readonly state: TrainingState }> {
  const experiment = describeExperiment(batchSize, epochs)
  const network = buildNetwork(experiment.model, TASK)
  const control = { breathe: BREATHE, elapsedMs: () => performance.now() }
  const splits = { train: selection, validation: null, test: selection }
  const imagesPerSecond: number[] = []
  for await (const event of train({ experiment, network, ...splits, resumeFrom: null, control })) {
    if (event.type !== 'epoch-completed') continue
    imagesPerSecond.push(event.metrics.imagesPerSecond)
    if (event.metrics.epoch === epochs) return { imagesPerSecond, state: event.state }
  }
  throw new Error('the training ended before its last epoch')
}

/** Measures all images in every round, of which the first is to warm up; images per second of each. */
async function inferRounds(selection: Selection, batchSize: number, state: TrainingState): Promise<number[]> {
  const experiment = describeExperiment(batchSize, 1)
  const network = buildNetwork(experiment.model, TASK)
  const loss = chooseLoss(experiment.loss)
  const { parameters } = loadState(state, buildOptimizer(experiment))
  const imagesPerSecond: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const from = performance.now()
    await evaluateSplit({ network, parameters, selection, loss, batchSize, breathe: BREATHE })
    imagesPerSecond.push((selection.indices.length / (performance.now() - from)) * 1000)
  }
  return imagesPerSecond
}

/** The defaults are the paper's; the learning rate is so small that random labels cannot make it diverge. */
function describeExperiment(batchSize: number, epochs: number) {
  return parseExperiment({ dataset: 'random', validationImages: 0, learningRate: 1e-6, batchSize, epochs })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

async function answer(): Promise<MeasurementMessage> {
  const [engine = 'auto', batch = '32', images = 'auto'] = process.argv.slice(2)
  try {
    const count = images === 'auto' ? null : Number(images)
    return { measurement: await measure(engine as EngineChoice, Number(batch), count) }
  } catch (error) {
    return { unavailable: describeFailure(error).message }
  }
}

const message = await answer()
process.send?.(message, undefined, undefined, () => process.exit(0))
