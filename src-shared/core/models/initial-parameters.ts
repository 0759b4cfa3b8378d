// Initial weights as PyTorch draws them, moved into TensorFlow.js's layout.
// Source: torch.nn.Linear and Conv2d `reset_parameters`: kaiming_uniform_(a = sqrt 5), which is
// U(-1/sqrt(fanIn), 1/sqrt(fanIn)), for weights and biases alike, drawn weight first, layer by layer.
import type { Random } from '../random.ts'
import { size, type Network, type ParameterShape } from './network.ts'
import { fromTorchLayout } from './torch-layout.ts'

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
