// Test images of the real dataset as photos, through the whole way: files, decoder processes, cut-out and preparation. A
// network must have nearly as many of them right as of the tensors themselves.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { Decoders } from '#main/photos/decoders.ts'
import { taskFor } from '#shared/core/models/layers.ts'
import { disposeParameters, loadParameters } from '#shared/core/models/live-parameters.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { answerInputs } from '#shared/core/photo/judge/views.ts'
import { selectAll } from '#shared/core/training/batches.ts'
import { train } from '#shared/core/training/train.ts'
import type { ParameterValues } from '#shared/core/models/initial-parameters.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import { FASHION_MNIST_FOLDER, NEEDS_REAL_DATA, readFashionMnist, takeFirst } from '../../reference.ts'
import { enlarge } from './enlarge.ts'
import { makeTemporaryFolder } from './photo-files.ts'

const TRAINED = 6000
const PHOTOS = 200
const SIDE = 400
const MOST_LOST = 0.03

const decoders = new Decoders()
afterAll(() => decoders.close())

it.skipIf(FASHION_MNIST_FOLDER === null)(
  `at most 3 points are lost from the tensors to photos of 400 x 400, as JPEG and as PNG${NEEDS_REAL_DATA}`,
  { timeout: 240_000 },
  async () => {
    await startEngine('simd')
    const dataset = await readFashionMnist()
    const experiment = parseExperiment({
      ...{ dataset: 'fashion-mnist', validationImages: 0, epochs: 3 },
      ...{ optimizer: { name: 'adam' }, learningRate: 0.003 },
    })
    const network = buildNetwork(experiment.model, taskFor(dataset, 10))
    const splits = {
      train: selectAll(takeFirst(dataset.train, TRAINED)),
      ...{ validation: null, test: selectAll(takeFirst(dataset.test, PHOTOS)) },
    }
    const control = { breathe: () => Promise.resolve(), elapsedMs: () => 0 }
    let learned: readonly ParameterValues[] = []
    for await (const event of train({ experiment, network, ...splits, resumeFrom: null, control }))
      if (event.type === 'epoch-completed') learned = event.state.parameters
    const parameters = loadParameters(learned)
    const shareRight = async (inputs: Uint8Array): Promise<number> => {
      const logits = await answerInputs({ network, parameters, views: [], inputs })
      const right = Array.from({ length: PHOTOS }, (_, image) => {
        const own = logits.subarray(image * 10, (image + 1) * 10)
        return own.indexOf(Math.max(...own)) === dataset.test.labels[image] ? 1 : 0
      })
      return right.reduce<number>((sum, one) => sum + one, 0) / PHOTOS
    }
    const own = await shareRight(dataset.test.pixels.slice(0, PHOTOS * 784))
    expect(own).toBeGreaterThan(0.7)
    for (const form of ['jpeg', 'png'] as const)
      expect(await shareRight(await goRound(dataset.test, form)), form).toBeGreaterThanOrEqual(
        own - MOST_LOST,
      )
    disposeParameters(parameters)
  },
)

async function goRound(test: Parameters<typeof enlarge>[0], form: 'jpeg' | 'png'): Promise<Uint8Array> {
  const folder = await makeTemporaryFolder()
  const inputs = new Uint8Array(PHOTOS * 784)
  const goOne = async (image: number): Promise<void> => {
    const path = join(folder, `${image}.${form}`)
    await writeFile(path, await enlarge(test, image, SIDE, form))
    const request = { path, settings: DEFAULT_PREPARATION, edit: null }
    inputs.set((await decoders.prepare(request, 'input')).input, image * 784)
  }
  const images = Array.from({ length: PHOTOS }, (_, image) => image).values()
  const goMany = async (): Promise<void> => {
    for (const image of images) await goOne(image)
  }
  await Promise.all([goMany(), goMany()]) // a lane for each of two decoders; neither waits for the other
  return inputs
}
