// Looking inside runs that were really trained, through the whole host and its process.
import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InspectSubject } from '#shared/contract/inspect.ts'
import { openInside } from '#shared/inspect/inside.ts'
import { explainUnit } from '#shared/inspect/contributions.ts'
import { unpackFloats } from '#shared/inspect/packed-floats.ts'
import { classify, SKETCHES, usePhotoHost, writePhotos } from './photo-host.ts'
import { temporaryFolder, waitForStatus } from './open-test-host.ts'

const photoHost = usePhotoHost()
const TEST_IMAGE = (index: number): InspectSubject => ({ type: 'image', split: 'test', index })

let network = ''
const at = (index: number) => ({ runId: network, subject: TEST_IMAGE(index), epoch: 1 })

beforeAll(async () => {
  const { host } = photoHost()
  const settings = {
    ...{ epochs: 1, seed: 3, trainImages: 200, learningRate: 0.1 },
    model: { name: 'tiny-vgg' as const, channels: 3 },
  }
  const request = { settings, dataset: 'sketches', directory: null, name: 'A small network' }
  const [runId = ''] = await host.queue.add(await host.backend.prepareRuns([request]), 'simd')
  network = runId
  await waitForStatus(host, runId, 'completed')
}, 120_000)

let moved: (() => Promise<void>) | null = null
afterAll(() => moved?.())

describe('looking inside a run', () => {
  it('gives what the run answered when it was evaluated, and the truth beside it', async () => {
    const { host } = photoHost()
    const { labels, probabilities } = await host.backend.store.readPredictions(network)
    for (const index of [0, 7, 1999]) {
      const inside = openInside(await host.inspect.look(network, TEST_IMAGE(index)))
      expect(inside).toMatchObject({
        ...{ runName: 'A small network', epoch: 1, name: `test ${index}`, height: 28, width: 28 },
        place: { image: 10_000 + index, count: 2000 },
        truth: { label: SKETCHES.test.labels[index] },
        answered: labels[index],
      })
      expect(inside.probabilities[inside.answered]).toBeCloseTo(probabilities[index] ?? NaN, 4)
      expect([...inside.pixels]).toEqual([...SKETCHES.test.pixels.subarray(index * 784, (index + 1) * 784)])
      expect(inside.layers.map(({ values }) => values.length)).toEqual([
        ...[2352, 2352, 588, 588, 588, 147, 147, 10],
      ])
    }
  })

  it('hands out weights unit by unit, with which the logits can be worked out again', async () => {
    const { host } = photoHost()
    const inside = openInside(await host.inspect.look(network, TEST_IMAGE(5)))
    const given = inside.layers.at(-1)?.given ?? []
    const told = await host.inspect.readWeights(at(5), 'classifier', 2, 3)
    const [weights, biases] = [unpackFloats(told.weights), unpackFloats(told.biases)]
    expect([weights.length, biases.length]).toEqual([3 * 147, 3])
    biases.forEach((bias, unit) => {
      const own = weights.subarray(unit * 147, (unit + 1) * 147)
      expect(explainUnit(given, own, bias).sum).toBeCloseTo(inside.logits[2 + unit] ?? NaN, 4)
    })
    const kernel = await host.inspect.readWeights(at(5), 'conv_1_2', 0, 1)
    expect(unpackFloats(kernel.weights)).toHaveLength(3 * 3 * 3)
  })

  it('says where a class is seen, from the inside and from the outside', async () => {
    const { host } = photoHost()
    const cam = await host.inspect.gradCam(at(5), 'conv_2_2', 4)
    expect([
      cam.height,
      cam.width,
      unpackFloats(cam.values).length,
      unpackFloats(cam.weights).length,
    ]).toEqual([...[14, 14, 196, 3]])
    expect(Math.min(...unpackFloats(cam.values))).toBeGreaterThanOrEqual(0)
    const occluded = unpackFloats((await host.inspect.occlude(at(5), 4)).values)
    expect(occluded).toHaveLength(784)
    expect(occluded.some((loss) => loss !== 0)).toBe(true)
  })

  it('looks at the input that was made of a photo', async () => {
    const { host, first } = photoHost()
    const paths = await writePhotos(temporaryFolder(), 1, true)
    const { id } = await classify(host, paths, [first])
    const subject = { type: 'photo' as const, batchId: id, number: 0 }
    const inside = openInside(await host.inspect.look(network, subject))
    const { input } = await host.backend.store.photos.find(id, 0)
    expect([...inside.pixels]).toEqual([...(input ?? [])])
    expect(inside).toMatchObject({ place: null, averagesViews: false, name: '0000.png' })
    await expect(host.inspect.look(network, { ...subject, number: 9 })).rejects.toThrow('There is no photo 9')
  })

  it('refuses with a sentence what is not there', async () => {
    const { host } = photoHost()
    const { inspect } = host
    await expect(inspect.look(network, TEST_IMAGE(2000))).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no test image 2000: Sketches (generated) has 2000, numbered from 0 to 1999.',
    })
    await expect(inspect.look('nowhere1', TEST_IMAGE(0))).rejects.toMatchObject({ code: 'not-found' })
    await expect(inspect.readWeights(at(0), 'pool_1', 0, 1)).rejects.toThrow(
      'The layer pool_1 has no weights to look at.',
    )
    await expect(inspect.readWeights(at(0), 'conv_1_1', 2, 2)).rejects.toThrow(
      'The layer conv_1_1 has 3 units; 2 to 3 were asked for.',
    )
    await expect(inspect.gradCam(at(0), 'pool_1', 0)).rejects.toMatchObject({
      code: 'invalid-setting',
    })
    await expect(inspect.occlude({ ...at(0), epoch: 2 }, 1)).rejects.toMatchObject({
      code: 'conflict',
      message:
        'The run has trained on: its weights are those after epoch 1, and epoch 2 is shown. Look again.',
    })
    await expect(inspect.occlude(at(0), 10)).rejects.toThrow('There is no class 10')
  })

  it('says when the weights are gone', async () => {
    const { host, second } = photoHost()
    const folder = host.backend.home.runFolder(second)
    const files = (await readdir(folder)).filter((name) => name.startsWith('epoch-'))
    for (const file of files) await rename(join(folder, file), join(folder, `away-${file}`))
    moved = async () => {
      for (const file of files) await rename(join(folder, `away-${file}`), join(folder, file))
    }
    await expect(host.inspect.look(second, TEST_IMAGE(0))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^The weights of this run are gone: .*train it again/) as string,
    })
  })
})
