// A network is its layers with every size worked out: shapes, parameters and multiply-adds are known before
// anything is trained, and settings that cannot work are refused here.
import type { ModelSettings } from '../../experiment.ts'
import { Failure } from '../../failure.ts'
import type { Layer, NetworkTask, Shape } from './layers.ts'
import { buildLinear } from './linear.ts'
import { buildMultilayerPerceptron } from './multilayer-perceptron.ts'
import { buildTinyVgg } from './tiny-vgg.ts'

/** A weight or bias: its name, its shape here (convolutions HWIO, dense [in, out]) and what it multiplies. */
export interface ParameterShape {
  readonly name: string
  readonly shape: Shape
  /** Inputs that feed one output: decides the range of the initial values. */
  readonly fanIn: number
}

/** A layer with its sizes. */
export interface SizedLayer {
  readonly layer: Layer
  readonly input: Shape
  readonly output: Shape
  /** The [height, width, channels] whose flattening the input still is, value for value; null otherwise. */
  readonly flattenedFrom: Shape | null
  /** Weight, then bias, for layers that learn; empty for others. */
  readonly parameters: readonly ParameterShape[]
  readonly parameterCount: number
  /** Multiplications with an addition, for one image going forward. */
  readonly multiplyAdds: number
}

export interface Network {
  readonly task: NetworkTask
  readonly layers: readonly SizedLayer[]
  readonly parameterCount: number
  readonly multiplyAdds: number
}

type LayerSizes = Omit<SizedLayer, 'flattenedFrom'>

const MAX_PARAMETERS = 50_000_000

/**
 * Builds the network of a model's settings for images of one size.
 * @throws Failure 'invalid-setting' that says which layer cannot be and why
 */
export function buildNetwork(settings: ModelSettings, task: NetworkTask): Network {
  const layers: SizedLayer[] = []
  let shape: Shape = [task.height, task.width, task.channels]
  let flattenedFrom: Shape | null = null
  for (const layer of buildLayers(settings, task)) {
    const sized: SizedLayer = { ...sizeLayer(layer, shape), flattenedFrom }
    layers.push(sized)
    if (layer.kind === 'flatten') flattenedFrom = shape
    if (layer.kind === 'dense') flattenedFrom = null
    shape = sized.output
  }
  const parameterCount = total(layers, (layer) => layer.parameterCount)
  if (parameterCount > MAX_PARAMETERS) {
    throw new Failure(
      'invalid-setting',
      `This network would have ${parameterCount.toLocaleString('en')} parameters; at most ` +
        `${MAX_PARAMETERS.toLocaleString('en')} are possible. Use fewer units or channels.`,
    )
  }
  return { task, layers, parameterCount, multiplyAdds: total(layers, (layer) => layer.multiplyAdds) }
}

/** All weights and biases in the order in which they are initialised, stored and updated. */
export function listParameters(network: Network): readonly ParameterShape[] {
  return network.layers.flatMap((layer) => layer.parameters)
}

function buildLayers(settings: ModelSettings, task: NetworkTask): readonly Layer[] {
  switch (settings.name) {
    case 'linear':
      return buildLinear(settings, task)
    case 'mlp':
      return buildMultilayerPerceptron(settings, task)
    case 'tiny-vgg':
      return buildTinyVgg(settings, task)
    default:
      return settings satisfies never
  }
}

function sizeLayer(layer: Layer, input: Shape): LayerSizes {
  switch (layer.kind) {
    case 'convolution': {
      const [height = 0, width = 0, channels = 0] = input
      const { filters, kernelSize, stride, padding } = layer
      const fanIn = kernelSize * kernelSize * channels
      const output = [
        slideOver(layer, height + 2 * padding, kernelSize, stride),
        slideOver(layer, width + 2 * padding, kernelSize, stride),
        filters,
      ]
      const weight = [kernelSize, kernelSize, channels, filters]
      return sized(layer, input, output, weight, fanIn, size(output) * fanIn)
    }
    case 'pooling': {
      const [height = 0, width = 0, channels = 0] = input
      const output = [
        slideOver(layer, height, layer.size, layer.size),
        slideOver(layer, width, layer.size, layer.size),
        channels,
      ]
      return sized(layer, input, output)
    }
    case 'flatten':
      return sized(layer, input, [size(input)])
    case 'dropout':
      return sized(layer, input, input)
    case 'dense': {
      const inputs = size(input)
      return sized(layer, input, [layer.units], [inputs, layer.units], inputs, inputs * layer.units)
    }
    default:
      return layer satisfies never
  }
}

/** How many places a window has along one side. */
function slideOver(layer: Layer, side: number, window: number, stride: number): number {
  if (side < window) {
    throw new Failure(
      'invalid-setting',
      `The image that reaches ${layer.name} is ${side} pixels wide, less than its window of ${window}. ` +
        `Use fewer blocks, a smaller kernel, stride 1 or padding 'same'.`,
    )
  }
  return Math.floor((side - window) / stride) + 1
}

function sized(
  layer: Layer,
  input: Shape,
  output: Shape,
  weight: Shape | null = null,
  fanIn = 0,
  multiplyAdds = 0,
): LayerSizes {
  const units = weight?.at(-1) ?? 0
  const parameters =
    weight === null
      ? []
      : [
          { name: `${layer.name}.weight`, shape: weight, fanIn },
          { name: `${layer.name}.bias`, shape: [units], fanIn },
        ]
  return {
    layer,
    input,
    output,
    parameters,
    parameterCount: total(parameters, (parameter) => size(parameter.shape)),
    multiplyAdds,
  }
}

/** Number of values in a shape. */
export function size(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1)
}

function total<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((sum, item) => sum + count(item), 0)
}
