// Initial weights as PyTorch draws them, moved into TensorFlow.js's layout.
// Source: torch.nn.Linear and Conv2d `reset_parameters`: kaiming_uniform_(a = sqrt 5), which is
// U(-1/sqrt(fanIn), 1/sqrt(fanIn)), for weights and biases alike, drawn weight first, layer by layer.
import type { Random } from '../random.ts'
import { size, type Network, type ParameterShape, type SizedLayer } from './network.ts'
import { torchOrder } from './torch-order.ts'

/** A parameter's name, shape and values, row-major. */
export interface ParameterValues {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Draws all parameters in the order of `listParameters`. */
export function drawInitialParameters(network: Network, random: Random): ParameterValues[] {
  return network.layers.flatMap((layer) =>
    layer.parameters.map((parameter) => {
      const drawn = drawUniform(parameter, random)
      const isWeight = parameter.shape.length > 1
      return {
        name: parameter.name,
        shape: parameter.shape,
        values: isWeight ? fromTorchLayout(drawn, layer) : drawn,
      }
    }),
  )
}

function drawUniform({ shape, fanIn }: ParameterShape, random: Random): Float32Array {
  const bound = 1 / Math.sqrt(fanIn)
  return Float32Array.from({ length: size(shape) }, () => random.uniform(-bound, bound))
}

function fromTorchLayout(drawn: Float32Array, layer: SizedLayer): Float32Array {
  return layer.layer.kind === 'convolution' ? fromOihw(drawn, layer) : fromOutIn(drawn, layer)
}

/** [out, in, row, column] -> [row, column, in, out] */
function fromOihw(drawn: Float32Array, { parameters }: SizedLayer): Float32Array {
  const [rows = 0, columns = 0, inputs = 0, outputs = 0] = parameters[0]?.shape ?? []
  const values = new Float32Array(drawn.length)
  let target = 0
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let input = 0; input < inputs; input++)
        for (let output = 0; output < outputs; output++)
          values[target++] = drawn[((output * inputs + input) * rows + row) * columns + column] ?? 0
  return values
}

/** [out, in] -> [in, out], where PyTorch's inputs are in the order of its own flattening. */
function fromOutIn(drawn: Float32Array, layer: SizedLayer): Float32Array {
  const [inputs = 0, outputs = 0] = layer.parameters[0]?.shape ?? []
  const order = torchOrder(layer)
  const values = new Float32Array(drawn.length)
  for (let input = 0; input < inputs; input++)
    for (let output = 0; output < outputs; output++)
      values[input * outputs + output] = drawn[output * inputs + (order[input] ?? 0)] ?? 0
  return values
}
