// A model as safetensors: PyTorch's layout, so that `load_state_dict` takes it after `safetensors.torch.load_file`.
import { encodeSafetensors } from '#shared/core/safetensors.ts'
import { type ExportedFile, type ExportedModel, describeModel } from './exported-model.ts'
import { listTorchParameters } from './torch-parameters.ts'

export function writeSafetensorsModel(model: ExportedModel): readonly ExportedFile[] {
  const metadata = {
    format: 'pt',
    layout: 'convolutions OIHW, dense [out, in] over channels, height, width',
    ...describeModel(model, 'batch, channels, height, width'),
  }
  return [
    {
      name: 'model.safetensors',
      bytes: encodeSafetensors({ metadata, tensors: listTorchParameters(model) }),
    },
  ]
}
