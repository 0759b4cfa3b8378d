// Small networks of every kind with drawn weights and an image, for tests that look inside.
import fc from 'fast-check'
import { drawInitialParameters } from '#shared/core/models/initial-parameters.ts'
import { buildNetwork, type Network } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { ACTIVATION_NAMES, type ModelSettings, modelSettings } from '#shared/experiment.ts'

const SIDE = 10
const CLASSES = 4

/** Other channel counts, kernels, strides, paddings, poolings, activations and dropouts, as long as sizes allow. */
export const anyTinyVgg: fc.Arbitrary<ModelSettings> = fc
  .record({
    channels: fc.integer({ min: 1, max: 5 }),
    kernelSize: fc.constantFrom(1, 3),
    stride: fc.constantFrom(1, 2),
    padding: fc.constantFrom('same' as const, 'valid' as const),
    pooling: fc.constantFrom('max' as const, 'average' as const),
    activation: fc.constantFrom(...ACTIVATION_NAMES),
    dropout: fc.constantFrom(0, 0.3),
  })
  .filter(({ kernelSize, stride, padding }) => kernelSize === 1 || stride === 1 || padding === 'same')
  .map((settings) => modelSettings.parse({ name: 'tiny-vgg', blocks: 1, ...settings }))

export const anyModel: fc.Arbitrary<ModelSettings> = fc.oneof(
  anyTinyVgg,
  fc
    .record({
      hiddenUnits: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 2 }),
      activation: fc.constantFrom(...ACTIVATION_NAMES),
      dropout: fc.constantFrom(0, 0.3),
      activateLogits: fc.boolean(),
    })
    .map((settings) => modelSettings.parse({ name: 'mlp', ...settings })),
  fc.constant(modelSettings.parse({ name: 'linear' })),
)

/** For grey images by even seeds, for images in colours by odd ones. */
export function drawNetwork(model: ModelSettings, seed: number, side = SIDE) {
  const channels = seed % 2 === 0 ? 1 : 3
  const network = buildNetwork(model, { height: side, width: side, channels, classes: CLASSES })
  const random = new Random(seed)
  const values = drawInitialParameters(network, random)
  return { network, values, input: drawImage(network, random) }
}

function drawImage({ task }: Network, random: Random): Uint8Array {
  return Uint8Array.from({ length: task.height * task.width * task.channels }, () =>
    Math.floor(random.uniform(0, 256)),
  )
}
