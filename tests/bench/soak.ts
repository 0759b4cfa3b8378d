// Two hundred small epochs, and whether memory and speed stay flat. Prints a Markdown table by tenths of the epochs, then
// the ratio of the last tenth to the first; ends with 1 when memory or tensors have grown. Garbage is collected at the end
// of each tenth, because V8 otherwise leaves some 100 MB of it lying for hundreds of epochs and hides what stays; what is
// judged is the memory in use then, since V8 also widens its room for young objects once and keeps it.
//   node tests/bench/soak.ts [--engine simd] [--epochs 200] [--images 640]
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as tf from '@tensorflow/tfjs'
import { buildNetwork } from '#shared/core/models/network.ts'
import { drawNoise } from '#shared/core/training/noise.ts'
import { selectAll } from '#shared/core/training/batches.ts'
import { train } from '#shared/core/training/train.ts'
import { ENGINE_NAMES } from '#shared/engine.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { startEngine } from '#main/engines/start-engine.ts'

const text = (preset: string) => ({ type: 'string', default: preset }) as const
const { values: flags } = parseArgs({
  options: { engine: text('simd'), epochs: text('200'), images: text('640') },
})
const TASK = { height: 28, width: 28, channels: 1, classes: 10 }
const PARTS = 10
/** What a collection may leave for the next one. */
const TOLERATED_GROWTH = 1.1

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

interface Memory {
  /** Of JavaScript and of WebAssembly. */
  readonly used: number
  /** Of the process, as the system counts it. */
  readonly resident: number
}

interface Sample {
  readonly stepMs: number
  readonly tensors: number
  readonly bytes: number
  /** Bytes after a collection of garbage; null within a tenth. */
  readonly memory: Memory | null
}

async function run(): Promise<Sample[]> {
  const epochs = Number(flags.epochs)
  const part = Math.floor(epochs / PARTS)
  const images = selectAll(drawNoise(TASK, Number(flags.images)))
  const model = { name: 'tiny-vgg', dropout: 0.1 }
  const optimizer = { name: 'adam' }
  const experiment = parseExperiment({
    ...{
      dataset: 'noise',
      validationImages: 0,
      testEachEpoch: true,
      epochs,
      learningRate: 1e-4,
      model,
      optimizer,
    },
  })
  const network = buildNetwork(experiment.model, TASK)
  const test = { ...images, indices: images.indices.slice(0, 100) }
  const control = { breathe: () => Promise.resolve(), elapsedMs: () => performance.now() }
  const samples: Sample[] = []
  for await (const event of train({
    experiment,
    network,
    train: images,
    validation: null,
    test,
    resumeFrom: null,
    control,
  })) {
    if (event.type !== 'epoch-completed') continue
    const { numTensors: tensors, numBytes: bytes } = tf.memory()
    const stepMs = (1000 * experiment.batchSize) / event.metrics.imagesPerSecond
    const isEndOfPart = (samples.length + 1) % part === 0
    samples.push({ stepMs, tensors, bytes, memory: isEndOfPart ? readMemory() : null })
  }
  return samples
}

function readMemory(): Memory {
  collectGarbage()
  collectGarbage() // buffers whose owners went with the first
  const { heapUsed, external, rss } = process.memoryUsage()
  return { used: heapUsed + external, resident: rss }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const print = (...cells: readonly string[]): void => void process.stdout.write(`| ${cells.join(' | ')} |\n`)

const name = ENGINE_NAMES.find((one) => one === flags.engine)
if (name === undefined)
  throw new Error(`There is no engine ${flags.engine}. Choose one of: ${ENGINE_NAMES.join(', ')}.`)
await startEngine(name)
const samples = await run()
const size = Math.floor(samples.length / PARTS)
const parts = Array.from({ length: PARTS }, (_, part) => {
  const of = samples.slice(part * size, (part + 1) * size)
  return {
    stepMs: median(of.map((sample) => sample.stepMs)),
    tensors: median(of.map((sample) => sample.tensors)),
    bytes: median(of.map((sample) => sample.bytes)),
    ...(of.at(-1)?.memory ?? { used: Number.NaN, resident: Number.NaN }),
  }
})
print(`epochs with ${name}`, 'ms a step', 'tensors', 'their MB', 'MB in use', 'process MB')
print('---', '---', '---', '---', '---', '---')
parts.forEach(({ stepMs, tensors, bytes, used, resident }, part) => {
  const range = `${part * size + 1} to ${(part + 1) * size}`
  const [theirs, inUse, all] = [bytes, used, resident].map((count) => (count / 1e6).toFixed(2))
  print(range, stepMs.toFixed(2), String(tensors), theirs ?? '', inUse ?? '', all ?? '')
})
// The first tenth also compiles and warms up memory: growth is judged from the second on.
const [first, second] = parts
const last = parts.at(-1)
if (first === undefined || second === undefined || last === undefined)
  throw new Error('Take at least ten epochs.')
print(
  'last / first',
  (last.stepMs / first.stepMs).toFixed(2),
  '',
  '',
  (last.used / second.used).toFixed(2),
  '',
)
const hasGrown =
  last.tensors > first.tensors || last.bytes > first.bytes || !(last.used <= TOLERATED_GROWTH * second.used)
if (hasGrown) process.stderr.write('Memory has grown.\n')
process.exit(hasGrown ? 1 : 0)
