// A model as ONNX, opset 17: images [batch, channels, height, width] in, logits [batch, classes] out; how to prepare an
// image stands in the metadata.
import type { NamedTensor } from '#shared/core/safetensors.ts'
import { encodeFloats } from '../../store/number-columns.ts'
import { type ExportedFile, type ExportedModel, describeModel } from '../exported-model.ts'
import { listTorchParameters } from '../torch-parameters.ts'
import { buildNodes } from './onnx-nodes.ts'
import { FLOAT_TENSOR, onnxModelType } from './onnx-schema.ts'

export const ONNX_OPSET = 17
/** The version of the file format that belongs to opset 17. */
const IR_VERSION = 8
const INPUT = 'images'
const OUTPUT = 'logits'

/** @throws RangeError when a field is not of its type, which would be a defect here */
export function writeOnnxModel(model: ExportedModel): readonly ExportedFile[] {
  const metadata = describeModel(model, 'batch, channels, height, width')
  const content = {
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: ONNX_OPSET }],
    producerName: 'Atelier',
    producerVersion: model.version,
    graph: describeGraph(model),
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  }
  const fault = onnxModelType.verify(content)
  if (fault !== null) throw new RangeError(`the ONNX model has a wrong field: ${fault}`)
  return [{ name: 'model.onnx', bytes: onnxModelType.encode(content).finish() }]
}

function describeGraph(model: ExportedModel) {
  const { layers, task } = model.network
  return {
    name: 'atelier',
    docString: model.run.name,
    node: buildNodes(layers, INPUT, OUTPUT),
    initializer: listTorchParameters(model).map(describeTensor),
    input: [describeValue(INPUT, [task.channels, task.height, task.width], 'pixel / 255')],
    output: [describeValue(OUTPUT, [task.classes], 'one for each class, in the order of `classes`')],
  }
}

function describeTensor({ name, shape, values }: NamedTensor) {
  return { name, dims: [...shape], dataType: FLOAT_TENSOR, rawData: encodeFloats(values) }
}

/** The batch has any size. */
function describeValue(name: string, shape: readonly number[], docString: string) {
  const dim = [{ dimParam: 'batch' }, ...shape.map((dimValue) => ({ dimValue }))]
  return { name, docString, type: { tensorType: { elemType: FLOAT_TENSOR, shape: { dim } } } }
}
