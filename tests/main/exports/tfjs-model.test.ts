// The peer is TensorFlow.js's own reader of its layers format.
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { exportModel } from '#main/exports/export-model.ts'
import type { ExportedModel } from '#main/exports/exported-model.ts'
import { answerHere, buildModel, drawImages, largestDifference, MODELS } from './exported-models.ts'

beforeAll(() => startEngine('simd'))

function open(model: ExportedModel): Promise<tf.LayersModel> {
  const [description, weights] = exportModel(model, 'tfjs')
  expect([description?.name, weights?.name]).toEqual(['model.json', 'weights.bin'])
  const json = JSON.parse(new TextDecoder().decode(description?.bytes)) as tf.io.ModelJSON
  const weightData = new Uint8Array(weights?.bytes ?? []).buffer
  const { modelTopology, weightsManifest, ...rest } = json
  const weightSpecs = weightsManifest.flatMap((group) => group.weights)
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData, ...rest }))
}

describe('an exported TensorFlow.js model', () => {
  it.each(MODELS)('gives the same logits when tf.loadLayersModel opens it: %s', async (_, settings) => {
    const model = buildModel(settings)
    const images = drawImages(model, 100)
    const opened = await open(model)
    const answer = opened.predict(tf.tensor4d(images, [100, 28, 28, 1])) as tf.Tensor
    expect(largestDifference(answer.dataSync(), answerHere(model, images))).toBeLessThan(1e-5)
  })

  it('carries the classes and how to prepare an image', async () => {
    const opened = await open(buildModel({ name: 'linear' }))
    const metadata = opened.getUserDefinedMetadata() as Record<string, string>
    expect(metadata).toMatchObject({ run: 'abcd1234', epoch: '3', producer: 'Atelier 0.1.0' })
    expect(JSON.parse(metadata['input'] ?? '')).toMatchObject({ layout: 'batch, height, width, channels' })
  })
})
