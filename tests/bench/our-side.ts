// Atelier's side of beside-pytorch.ts, in a process of its own. Prints one JSON line. Arguments as those of torch_peer.py.
import { buildNetwork } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { selectAll } from '#shared/core/training/batches.ts'
import { train, type TrainingTask } from '#shared/core/training/train.ts'
import type { EpochMetrics } from '#shared/run.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { findQuartet, readQuartet } from '#main/datasets/quartet.ts'
import { startEngine } from '#main/engines/start-engine.ts'

const [mode, threads = '', ...rest] = process.argv.slice(2)
await startEngine('simd', Number(threads))
const answer = mode === 'network' ? await measureNetwork(rest.map(Number)) : await trainEpochs(rest[0] ?? '')
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0))

async function measureNetwork(sizes: readonly number[]) {
  const [batchSize = 32, count = 0, channels = 10, size = 28, colours = 1, dropout = 0] = sizes
  const task = { height: size, width: size, channels: colours, classes: 10 }
  const random = new Random(42)
  const draw = (length: number, limit: number) => Uint8Array.from({ length }, () => random.below(limit))
  const images = selectAll({
    count,
    pixels: draw(count * size * size * colours, 256),
    labels: draw(count, 10),
  })
  const model = { name: 'tiny-vgg', channels, dropout }
  const settings = { dataset: 'random', validationImages: 0, learningRate: 1e-6, batchSize, epochs: 4, model }
  const experiment = parseExperiment(settings)
  const network = buildNetwork(experiment.model, task)
  const test = { ...images, indices: images.indices.slice(0, 1) }
  const epochs = await readEpochs({ experiment, network, train: images, test })
  return { imagesPerSecond: median(epochs.slice(1).map((epoch) => epoch.imagesPerSecond)) }
}

async function trainEpochs(folder: string) {
  const { train: images, test, height, width } = await readQuartet(await findQuartet(folder))
  const experiment = parseExperiment({ dataset: 'fashion-mnist', validationImages: 0, testEachEpoch: true })
  const network = buildNetwork(experiment.model, { height, width, channels: 1, classes: 10 })
  const epochs = await readEpochs({ experiment, network, train: selectAll(images), test: selectAll(test) })
  const last = epochs.at(-1)
  const { correct = 0, count = 1 } = last?.test ?? {}
  return { seconds: (last?.elapsedMs ?? 0) / 1000, accuracy: correct / count }
}

async function readEpochs(
  task: Pick<TrainingTask, 'experiment' | 'network' | 'train' | 'test'>,
): Promise<EpochMetrics[]> {
  const start = performance.now()
  const control = { breathe: () => Promise.resolve(), elapsedMs: () => performance.now() - start }
  const epochs: EpochMetrics[] = []
  for await (const event of train({ ...task, validation: null, resumeFrom: null, control }))
    if (event.type === 'epoch-completed') epochs.push(event.metrics)
  return epochs
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
