// Dropout masks drawn from the run's own generator, as torch.nn.functional.dropout draws them with the default
// CPU generator: bernoulli_(1 - rate), two words a value, in PyTorch's order of the values.
import * as tf from '@tensorflow/tfjs'
import type { Network, SizedLayer } from '../models/network.ts'
import { size } from '../models/network.ts'
import { torchOrder } from '../models/torch-order.ts'
import type { Random } from '../random.ts'

/** One mask [batch, ...layer shape] for each dropout layer, in their order: 0, or 1 / (1 - rate). */
export function drawDropoutMasks(network: Network, batchSize: number, random: Random): tf.Tensor[] {
  return network.layers.flatMap((layer) =>
    layer.layer.kind === 'dropout' ? [drawMask(layer, layer.layer.rate, batchSize, random)] : [],
  )
}

function drawMask(layer: SizedLayer, rate: number, batchSize: number, random: Random): tf.Tensor {
  const keep = 1 - rate
  const scale = 1 / Math.fround(keep) // torch divides in float32
  const length = size(layer.input)
  const order = torchOrder(layer)
  const drawn = new Float32Array(length)
  const values = new Float32Array(batchSize * length)
  for (let start = 0; start < values.length; start += length) {
    for (let place = 0; place < length; place++) drawn[place] = random.uniformDouble() < keep ? scale : 0
    for (let position = 0; position < length; position++) {
      values[start + position] = drawn[order[position] ?? 0] ?? 0
    }
  }
  return tf.tensor(values, [batchSize, ...layer.input])
}
