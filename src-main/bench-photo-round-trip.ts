// `node src-main/bench-photo-round-trip.ts --run ID [--home DIR] [--count N]`: test images of the run's dataset as photos: enlarged to
// 400 x 400 on white with their tones turned around, written as JPEG and PNG, decoded and prepared like any photo, and judged.
// Says how many the run has right of the images themselves and of each way round.
import { parseArgs } from 'node:util'
import { disposeParameters, loadParameters } from '#shared/core/models/live-parameters.ts'
import { answerInputs, chooseViews } from '#shared/core/photo/judge/views.ts'
import { preparePhoto } from '#shared/core/photo/prepare-photo.ts'
import { describeFailure } from '#shared/failure.ts'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import { DatasetLibrary } from './datasets/dataset-library.ts'
import { loadSameSource } from './datasets/dataset-source.ts'
import { buildDescriber } from './datasets/describe-dataset.ts'
import { GENERATED_DATASETS } from './datasets/generated-datasets.ts'
import { startEngine } from './engines/start-engine.ts'
import { openModel } from './exports/open-model.ts'
import { locateHome } from './home.ts'
import { decodePhoto } from './photos/decode-photo.ts'
import { encodeNegative } from './photos/encode-photo.ts'
import { openStoreReader } from './store/open-store.ts'
import { readVersion } from './version.ts'

const ENLARGED = 400
const INPUT_BYTES = 28 * 28

async function bench(runId: string, homeFolder: string | undefined, count: number): Promise<void> {
  const home = locateHome(homeFolder)
  const library = new DatasetLibrary({ directory: home.datasets, generated: GENERATED_DATASETS })
  const store = openStoreReader({ directory: home.directory })
  const describe = buildDescriber(library)
  const model = await openModel({ store, home, describe, version: readVersion() }, runId)
  store.close()
  const { test } = await loadSameSource(library, model.run.dataset, model.run.dataset.hash)
  const images = test.pixels.subarray(0, Math.min(count, test.count) * INPUT_BYTES)
  await startEngine('auto')
  const learned = model.parameters.flatMap(({ name, shape, values }) =>
    values instanceof Float32Array ? [{ name, shape, values }] : [],
  )
  const parameters = loadParameters(learned)
  const views = chooseViews(model.run.experiment)
  const classes = model.network.task.classes
  const countRight = async (inputs: Uint8Array): Promise<number> => {
    const logits = await answerInputs({ network: model.network, parameters, views, inputs })
    const answers = Array.from({ length: inputs.length / INPUT_BYTES }, (_, image) => {
      const own = logits.subarray(image * classes, (image + 1) * classes)
      return own.indexOf(Math.max(...own))
    })
    return answers.filter((answer, image) => answer === test.labels[image]).length
  }
  const of = images.length / INPUT_BYTES
  print({ images: 'as they are', right: await countRight(images), of })
  for (const format of ['jpeg', 'png'] as const)
    print({ images: format, right: await countRight(await goRound(images, format)), of })
  disposeParameters(parameters)
}

async function goRound(images: Uint8Array, format: 'jpeg' | 'png'): Promise<Uint8Array> {
  const inputs = new Uint8Array(images.length)
  for (let start = 0; start < images.length; start += INPUT_BYTES) {
    const file = await encodeNegative(images.subarray(start, start + INPUT_BYTES), 28, ENLARGED, format)
    inputs.set(preparePhoto(await decodePhoto(file), DEFAULT_PREPARATION).input, start)
  }
  return inputs
}

function print(figures: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { run: text, home: text, count: { ...text, default: '1000' } } })
try {
  if (values.run === undefined) throw new Error('Name a run: --run ID.')
  await bench(values.run, values.home, Number(values.count))
} catch (error) {
  process.stderr.write(`${describeFailure(error).message}\n`)
  process.exitCode = 2
}
