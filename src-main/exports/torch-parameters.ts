// A model's weights under PyTorch's layout, as ONNX and safetensors files of PyTorch's world have them.
import { toTorchLayout, torchShape } from '#shared/core/models/torch-layout.ts'
import type { NamedTensor } from '#shared/core/safetensors.ts'
import { type ExportedModel, takeParameter } from './exported-model.ts'

/** Weight and bias of every layer that learns, in the order of the layers, under their names here. */
export function listTorchParameters(model: ExportedModel): readonly NamedTensor[] {
  return model.network.layers.flatMap((sized) => {
    const [weight, bias] = sized.parameters
    if (weight === undefined || bias === undefined) return []
    const values = toTorchLayout(takeParameter(model, weight.name), sized)
    return [
      { name: weight.name, shape: torchShape(sized), values },
      { name: bias.name, shape: bias.shape, values: takeParameter(model, bias.name) },
    ]
  })
}
