// A layer's weights as PyTorch lays them out, and as we do: the same values in another order.
// PyTorch: convolutions [out, in, row, column], dense [out, in] over an image flattened channel by channel.
// Here: convolutions [row, column, in, out], dense [in, out] over an image flattened pixel by pixel.
import type { SizedLayer } from './network.ts'
import { torchOrder } from './torch-order.ts'

/** @param values of the layer's weight as PyTorch has them */
export function fromTorchLayout(values: Float32Array, layer: SizedLayer): Float32Array {
  const places = torchPlaces(layer)
  return Float32Array.from(places, (place) => values[place] ?? 0)
}

/** @param values of the layer's weight as they are here */
export function toTorchLayout(values: Float32Array, layer: SizedLayer): Float32Array {
  const turned = new Float32Array(values.length)
  for (const [here, place] of torchPlaces(layer).entries()) turned[place] = values[here] ?? 0
  return turned
}

/** The shape of the layer's weight in PyTorch. */
export function torchShape({ parameters }: SizedLayer): readonly number[] {
  const [weight] = parameters
  if (weight === undefined) return []
  const [rows = 0, columns = 0, inputs = 0, outputs = 0] = weight.shape
  return weight.shape.length === 2 ? [columns, rows] : [outputs, inputs, rows, columns]
}

/** For each value of the layer's weight here, its place in PyTorch's. */
function torchPlaces(layer: SizedLayer): Uint32Array {
  return layer.layer.kind === 'convolution' ? convolutionPlaces(layer) : densePlaces(layer)
}

function convolutionPlaces({ parameters }: SizedLayer): Uint32Array {
  const [rows = 0, columns = 0, inputs = 0, outputs = 0] = parameters[0]?.shape ?? []
  const places = new Uint32Array(rows * columns * inputs * outputs)
  let here = 0
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let input = 0; input < inputs; input++)
        for (let output = 0; output < outputs; output++)
          places[here++] = ((output * inputs + input) * rows + row) * columns + column
  return places
}

function densePlaces(layer: SizedLayer): Uint32Array {
  const [inputs = 0, outputs = 0] = layer.parameters[0]?.shape ?? []
  const order = torchOrder(layer)
  return Uint32Array.from({ length: inputs * outputs }, (_, here) => {
    const output = here % outputs
    return output * inputs + (order[(here - output) / outputs] ?? 0)
  })
}
