// A run's model in the format that is asked for: the one place that knows them all.
import type { ModelFormat } from '#shared/model-format.ts'
import { type ExportedFile, type ExportedModel, requireMatchingWeights } from './exported-model.ts'
import { writeOnnxModel } from './onnx/onnx-model.ts'
import { writeSafetensorsModel } from './safetensors-model.ts'
import { writeTfjsModel } from './tfjs-model.ts'

/** One file, or two that belong into one folder. @throws Failure 'invalid-file' for weights of another network */
export function exportModel(model: ExportedModel, format: ModelFormat): readonly ExportedFile[] {
  requireMatchingWeights(model)
  switch (format) {
    case 'onnx':
      return writeOnnxModel(model)
    case 'tfjs':
      return writeTfjsModel(model)
    case 'safetensors':
      return writeSafetensorsModel(model)
    default:
      return format satisfies never
  }
}
