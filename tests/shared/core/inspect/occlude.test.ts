import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engines/start-engine.ts'
import { occludeImage } from '#shared/core/inspect/occlude.ts'
import { disposeParameters, loadParameters } from '#shared/core/models/live-parameters.ts'
import { answerInputs } from '#shared/core/photo/judge/views.ts'
import { measureOcclusion, OCCLUSION_WINDOW } from '#shared/core/photo/occlusion.ts'
import { probabilitiesOf } from '#shared/core/statistics/temperature.ts'
import { modelSettings } from '#shared/experiment.ts'
import { drawNetwork } from './random-networks.ts'

await startEngine('cpu')
afterAll(() => startEngine('cpu'))

const LABEL = 1
const GREY_SEED = 2
const COLOUR_SEED = 3
const model = modelSettings.parse({ name: 'mlp', hiddenUnits: [5] })

describe('covering an image', () => {
  it('tells of a grey one what is told of a photo', async () => {
    const { network, values, input } = drawNetwork(model, GREY_SEED)
    const parameters = loadParameters(values)
    const { height, width, classes } = network.task
    const expected = await measureOcclusion(input, width, height, async (inputs) => {
      const logits = await answerInputs({ network, parameters, views: [], inputs })
      return probabilitiesOf(LABEL, logits, classes, 1)
    })
    const found = await occludeImage(network, parameters, input, LABEL)
    disposeParameters(parameters)
    expect(found).toHaveLength(height * width)
    found.forEach((loss, pixel) => expect(loss).toBeCloseTo(expected[pixel] ?? NaN, 5))
  })

  it('in colours changes nothing but where there is something, and covers all its colours at once', async () => {
    const { network, values } = drawNetwork(model, COLOUR_SEED)
    const { height, width, channels } = network.task
    const parameters = loadParameters(values)
    const place = fc.record({ row: fc.nat(height - 1), column: fc.nat(width - 1) })
    await fc.assert(
      fc.asyncProperty(place, fc.nat(channels - 1), async ({ row, column }, channel) => {
        const input = new Uint8Array(height * width * channels)
        input[(row * width + column) * channels + channel] = 255
        const losses = await occludeImage(network, parameters, input, LABEL)
        const reached = [...losses].map((loss) => Math.abs(loss) > 1e-7)
        const near = [...losses].map((_, pixel) => {
          const [down, across] = [Math.floor(pixel / width) - row, (pixel % width) - column]
          return Math.max(Math.abs(down), Math.abs(across)) < OCCLUSION_WINDOW
        })
        expect(reached.every((isReached, pixel) => !isReached || near[pixel] === true)).toBe(true)
        expect(reached[row * width + column]).toBe(true)
      }),
      { numRuns: 20 },
    )
    disposeParameters(parameters)
  })
})
