// The peer is ONNX's own runtime: it must accept the file and compute what we compute.
import * as onnx from 'onnxruntime-web'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { exportModel } from '#main/exports/export-model.ts'
import { ONNX_OPSET } from '#main/exports/onnx/onnx-model.ts'
import { onnxModelType } from '#main/exports/onnx/onnx-schema.ts'
import type { ExportedModel } from '#main/exports/exported-model.ts'
import {
  answerHere,
  buildModel,
  channelsFirst,
  drawImages,
  largestDifference,
  MODELS,
} from '../exported-models.ts'

beforeAll(() => startEngine('simd'))

function writeFile(model: ExportedModel): Uint8Array {
  const [file] = exportModel(model, 'onnx')
  expect(file?.name).toBe('model.onnx')
  return file?.bytes ?? new Uint8Array()
}

async function answerThere(model: ExportedModel, images: Float32Array): Promise<Float32Array> {
  const session = await onnx.InferenceSession.create(writeFile(model))
  const { height, width, channels } = model.network.task
  const count = images.length / (height * width * channels)
  const input = new onnx.Tensor('float32', channelsFirst(model, images), [count, channels, height, width])
  const { logits } = await session.run({ images: input })
  expect(logits?.dims).toEqual([count, 10])
  return logits?.data as Float32Array
}

describe('an exported ONNX model', () => {
  it.each(MODELS)(
    'gives the same logits within 1e-5 in onnxruntime on 1,000 images: %s',
    async (_, settings) => {
      const model = buildModel(settings)
      const images = drawImages(model, 1000)
      const found = await answerThere(model, images)
      expect(largestDifference(found, answerHere(model, images))).toBeLessThan(1e-5)
    },
  )

  it('takes images of three channels in the order of PyTorch', async () => {
    const model = buildModel({ name: 'tiny-vgg', channels: 5 }, 11, 3)
    const images = drawImages(model, 20)
    const found = await answerThere(model, images)
    expect(largestDifference(found, answerHere(model, images))).toBeLessThan(1e-5)
  })

  it('says its opset, its producer and how to prepare an image', () => {
    const content = onnxModelType.toObject(onnxModelType.decode(writeFile(buildModel({ name: 'linear' }))), {
      longs: Number,
      defaults: true,
    })
    expect(content).toMatchObject({
      opsetImport: [{ domain: '', version: ONNX_OPSET }],
      producerName: 'Atelier',
      producerVersion: '0.1.0',
    })
    const entries = content['metadataProps'] as readonly { key: string; value: string }[]
    const metadata = Object.fromEntries(entries.map(({ key, value }) => [key, value]))
    expect(JSON.parse(metadata['input'] ?? '')).toMatchObject({ height: 28, width: 28, channels: 1 })
    expect(JSON.parse(metadata['classes'] ?? '')).toEqual(['T-shirt/top', 'Trouser'])
    expect(metadata['run']).toBe('abcd1234')
  })

  it('is the same file for the same model', () => {
    const model = buildModel({ name: 'tiny-vgg' })
    expect(writeFile(model)).toEqual(writeFile(model))
  })

  it('refuses weights of another network, by name and shape', () => {
    const { parameters } = buildModel({ name: 'tiny-vgg', channels: 4 })
    expect(() => exportModel({ ...buildModel({ name: 'tiny-vgg' }), parameters }, 'onnx')).toThrow(
      'expected conv_1_1.weight of 3 x 3 x 1 x 10, found conv_1_1.weight of 3 x 3 x 1 x 4',
    )
  })
})
