// `npm run bench`: images per second of every engine that starts here, in training and in inference. `npm run bench --
// photos` measures what runs make of real photos instead: see bench-photos.ts.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ENGINE_NAMES, type EngineName } from '#shared/engine.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import { runPhotoBench } from './bench-photos.ts'
import type { Measurement, MeasurementMessage } from './bench-engine.ts'
import { grouped, megabytes } from './terminal/numbers.ts'
import { parseWholeNumber } from './terminal/parse-number.ts'
import { renderTable } from './terminal/text-table.ts'
import { EXIT_DONE, EXIT_FAILED, EXIT_REFUSED } from './terminal/verb.ts'

const ENTRY = fileURLToPath(new URL('./bench-engine.ts', import.meta.url))
const DEFAULT_BATCHES = [32, 128]

interface Request {
  readonly json: boolean
  /** Null for all that start. */
  readonly engine: EngineName | null
  readonly batches: readonly number[]
  /** Null for as many as suit the engine. */
  readonly images: number | null
}

/** @throws Failure 'invalid-setting' that names the flag at fault */
function readRequest(words: readonly string[]): Request {
  const values = parseWords(words)
  const engine = ENGINE_NAMES.find((name) => name === values.engine)
  if (values.engine !== undefined && engine === undefined) {
    const known = ENGINE_NAMES.join(', ')
    throw new Failure('invalid-setting', `There is no engine ${values.engine}. Choose one of: ${known}.`)
  }
  return {
    json: values.json ?? false,
    engine: engine ?? null,
    batches: values.batch === undefined ? DEFAULT_BATCHES : [parseCount('batch', values.batch)],
    images: values.images === undefined ? null : parseCount('images', values.images),
  }
}

function parseWords(words: readonly string[]) {
  const text = { type: 'string' } as const
  const options = { json: { type: 'boolean' }, engine: text, batch: text, images: text } as const
  try {
    return parseArgs({ args: [...words], options, strict: true }).values
  } catch (error) {
    const advice = 'Possible: --json, --engine NAME, --batch N, --images N.'
    throw new Failure('invalid-setting', `${describeFailure(error).message}. ${advice}`, { cause: error })
  }
}

function parseCount(flag: string, text: string): number {
  const count = parseWholeNumber(flag, text)
  if (count >= 1) return count
  throw new Failure('invalid-setting', `--${flag} wants a whole number above 0, found ${count}.`)
}

/** Each measurement is printed when it is there; the table comes at the end. */
async function runBench({ json, engine, batches, images }: Request): Promise<number> {
  const measurements: Measurement[] = []
  for (const name of engine === null ? ENGINE_NAMES : [engine]) {
    for (const batch of batches) {
      const message = await measureApart(name, batch, images)
      if ('unavailable' in message) {
        process.stderr.write(`${name} is left out: ${message.unavailable}\n`)
        break
      }
      const { measurement } = message
      if (engine === null && measurement.engine !== name) break // `cuda` without a GPU is measured as `native`
      measurements.push(measurement)
      if (json) process.stdout.write(`${JSON.stringify(measurement)}\n`)
    }
  }
  if (!json) process.stdout.write(`${describe(measurements).join('\n')}\n`)
  return measurements.length > 0 ? EXIT_DONE : EXIT_FAILED
}

function measureApart(engine: EngineName, batch: number, images: number | null): Promise<MeasurementMessage> {
  const words = [engine, String(batch), images === null ? 'auto' : String(images)]
  const child = fork(ENTRY, words, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return new Promise((resolve) => {
    child.once('message', (message) => resolve(message as MeasurementMessage))
    child.once('close', (code, signal) => {
      resolve({ unavailable: `its process ended without an answer (${signal ?? `exit code ${code}`}).` })
    })
  })
}

const HEADER = ['Engine', 'Batch', 'Images', 'Train images/s', 'Infer images/s', 'Peak memory', 'Processor']

function describe(measurements: readonly Measurement[]): string[] {
  const rows = measurements.map((one) => [
    one.engine,
    String(one.batch),
    grouped(one.images),
    grouped(one.trainImagesPerSecond),
    grouped(one.inferImagesPerSecond),
    megabytes(one.peakMemoryBytes),
    one.processor,
  ])
  return renderTable([HEADER, ...rows], [0, HEADER.length - 1])
}

try {
  const words = process.argv.slice(2)
  if (words[0] === 'photos') process.exitCode = await runPhotoBench(words.slice(1))
  else process.exitCode = await runBench(readRequest(words))
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = EXIT_REFUSED
}
