// The kept example: what every layer makes of one garment, on the quick engines and on `cpu`, which is the reference.
import { afterAll, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { computeGradCam } from '#shared/core/inspect/grad-cam.ts'
import { lookInside } from '#shared/core/inspect/look-inside.ts'
import { generateSketches } from '#shared/core/datasets/sketches.ts'
import { drawInitialParameters } from '#shared/core/models/initial-parameters.ts'
import { disposeParameters, loadParameters } from '#shared/core/models/live-parameters.ts'
import { buildNetwork } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import type { EngineName } from '#shared/engine.ts'
import { modelSettings } from '#shared/experiment.ts'

/** Of the largest value of a layer: float32 sums of up to 490 products, added in another order. */
const TOLERANCE = 1e-5

const { test } = generateSketches()
const SHIRT = test.labels.indexOf(6)
const input = test.pixels.slice(SHIRT * 784, (SHIRT + 1) * 784)
const MODELS = ['max', 'average'].map((pooling) => modelSettings.parse({ name: 'tiny-vgg', pooling }))

afterAll(() => startEngine('cpu'))

async function lookWith(engine: EngineName) {
  await startEngine(engine)
  return Promise.all(
    MODELS.map(async (model) => {
      const network = buildNetwork(model, { height: 28, width: 28, channels: 1, classes: 10 })
      const parameters = loadParameters(drawInitialParameters(network, new Random(42)))
      const layers = await lookInside(network, parameters, input)
      const cam = await computeGradCam(network, parameters, input, 'conv_2_2', 4)
      disposeParameters(parameters)
      const maps = layers.flatMap(({ values, sums }) => (sums === null ? [values] : [values, sums]))
      return [...maps, cam.values, cam.weights]
    }),
  )
}

it.each(['simd', 'wasm'] as const)(
  'the feature maps of all layers, and Grad-CAM, are on %s what they are on cpu',
  { timeout: 60_000 },
  async (engine) => {
    const expected = await lookWith('cpu')
    const found = await lookWith(engine)
    expect(found.map((maps) => maps.map(({ length }) => length))).toEqual(
      expected.map((maps) => maps.map(({ length }) => length)),
    )
    expected.forEach((maps, model) =>
      maps.forEach((values, place) => {
        const largest = Math.max(...values.map(Math.abs))
        expect(largest).toBeGreaterThan(0)
        const difference = values.reduce(
          (most, value, at) => Math.max(most, Math.abs(value - (found[model]?.[place]?.[at] ?? NaN))),
          0,
        )
        expect(difference).toBeLessThanOrEqual(TOLERANCE * largest)
      }),
    )
  },
)
