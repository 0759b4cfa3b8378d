// A network's layers as ONNX operators: each layer is one node, and one more for its activation. Dropout is left out,
// since it does nothing when a model is used.
import type { ActivationName } from '#shared/experiment.ts'
import { LEAKY_SLOPE } from '#shared/core/models/layers.ts'
import type { SizedLayer } from '#shared/core/models/network.ts'
import { ATTRIBUTE_TYPES } from './onnx-schema.ts'

interface OnnxAttribute {
  readonly name: string
  readonly type: number
  readonly f?: number
  readonly i?: number
  readonly ints?: readonly number[]
}

export interface OnnxNode {
  readonly name: string
  readonly opType: string
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly attribute: readonly OnnxAttribute[]
}

const ACTIVATION_OPERATORS: Readonly<Record<ActivationName, string>> = {
  relu: 'Relu',
  'leaky-relu': 'LeakyRelu',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
}

/**
 * The nodes from `input` to `output`, in order.
 * @param input name of the value with the images, [batch, channels, height, width]
 */
export function buildNodes(
  layers: readonly SizedLayer[],
  input: string,
  output: string,
): readonly OnnxNode[] {
  const nodes: OnnxNode[] = []
  let value = input
  for (const sized of layers) {
    for (const node of layerNodes(sized, value)) {
      nodes.push(node)
      value = node.output[0] ?? value
    }
  }
  const last = nodes.pop()
  return last === undefined ? [] : [...nodes, { ...last, output: [output] }]
}

function layerNodes({ layer, parameters }: SizedLayer, value: string): readonly OnnxNode[] {
  const { name } = layer
  const inputs = [value, ...parameters.map((parameter) => parameter.name)]
  const node = (opType: string, attribute: readonly OnnxAttribute[]): OnnxNode => ({
    ...{ name, opType, attribute },
    input: inputs,
    output: [`${name}.output`],
  })
  switch (layer.kind) {
    case 'convolution': {
      const { kernelSize, stride, padding } = layer
      const attributes = [
        integers('kernel_shape', [kernelSize, kernelSize]),
        integers('strides', [stride, stride]),
        integers('pads', [padding, padding, padding, padding]),
      ]
      return [node('Conv', attributes), ...activationNodes(name, layer.activation)]
    }
    case 'pooling': {
      const window = [layer.size, layer.size]
      return [
        node(layer.pooling === 'max' ? 'MaxPool' : 'AveragePool', [
          integers('kernel_shape', window),
          integers('strides', window),
        ]),
      ]
    }
    case 'flatten':
      return [node('Flatten', [{ name: 'axis', type: ATTRIBUTE_TYPES.int, i: 1 }])]
    case 'dropout':
      return []
    case 'dense':
      return [
        node('Gemm', [{ name: 'transB', type: ATTRIBUTE_TYPES.int, i: 1 }]),
        ...activationNodes(name, layer.activation),
      ]
    default:
      return layer satisfies never
  }
}

function activationNodes(layer: string, activation: ActivationName | null): readonly OnnxNode[] {
  if (activation === null) return []
  const slope: OnnxAttribute = { name: 'alpha', type: ATTRIBUTE_TYPES.float, f: LEAKY_SLOPE }
  return [
    {
      name: `${layer}.activation`,
      opType: ACTIVATION_OPERATORS[activation],
      input: [`${layer}.output`],
      output: [`${layer}.activated`],
      attribute: activation === 'leaky-relu' ? [slope] : [],
    },
  ]
}

function integers(name: string, ints: readonly number[]): OnnxAttribute {
  return { name, type: ATTRIBUTE_TYPES.ints, ints }
}
