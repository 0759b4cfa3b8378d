import { describe, expect, it } from 'vitest'
import { exportModel } from '#main/exports/export-model.ts'
import { fromTorchLayout } from '#shared/core/models/torch-layout.ts'
import { decodeSafetensors } from '#shared/core/safetensors.ts'
import { buildModel } from './exported-models.ts'

describe('an exported safetensors model', () => {
  it("has PyTorch's names, shapes and order, and the metadata", () => {
    const model = buildModel({ name: 'tiny-vgg' })
    const [file] = exportModel(model, 'safetensors')
    const { metadata, tensors } = decodeSafetensors(file?.bytes ?? new Uint8Array(), 'the export')
    expect(tensors.map(({ name, shape }) => `${name} ${shape.join('x')}`)).toEqual([
      ...['conv_1_1.weight 10x1x3x3', 'conv_1_1.bias 10', 'conv_1_2.weight 10x10x3x3', 'conv_1_2.bias 10'],
      ...['conv_2_1.weight 10x10x3x3', 'conv_2_1.bias 10', 'conv_2_2.weight 10x10x3x3', 'conv_2_2.bias 10'],
      ...['classifier.weight 10x490', 'classifier.bias 10'],
    ])
    expect(metadata).toMatchObject({ format: 'pt', run: 'abcd1234' })
  })

  it('gives back the same weights when its order is turned round', () => {
    const model = buildModel({ name: 'tiny-vgg', channels: 3 })
    const [file] = exportModel(model, 'safetensors')
    const { tensors } = decodeSafetensors(file?.bytes ?? new Uint8Array(), 'the export')
    for (const layer of model.network.layers) {
      const [weight] = layer.parameters
      if (weight === undefined) continue
      const values = tensors.find(({ name }) => name === weight.name)?.values as Float32Array
      const here = model.parameters.find(({ name }) => name === weight.name)?.values
      expect(fromTorchLayout(values, layer)).toEqual(here)
    }
  })
})
