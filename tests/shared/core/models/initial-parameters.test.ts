import { describe, expect, it } from 'vitest'
import { drawInitialParameters, type ParameterValues } from '#shared/core/models/initial-parameters.ts'
import { buildNetwork, listParameters } from '#shared/core/models/network.ts'
import { Random } from '#shared/core/random.ts'
import { modelSettings } from '#shared/experiment.ts'
import { NEEDS_TORCH_FIXTURES, readTorchFixtures } from '../../../reference.ts'

const GARMENTS = { height: 28, width: 28, channels: 1, classes: 10 }

function draw(settings: object, seed = 42, task = GARMENTS): ParameterValues[] {
  return drawInitialParameters(buildNetwork(modelSettings.parse(settings), task), new Random(seed))
}

/**
 * Back to PyTorch's layout: HWIO -> OIHW, [in, out] -> [out, in].
 * @param image [height, width, channels] whose flattening the inputs of a dense layer are: PyTorch has channels first
 */
function toTorchLayout({ shape, values }: ParameterValues, image: readonly number[]): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = shape
  if (shape.length === 1) return [...values]
  if (shape.length === 4) {
    return range(d).flatMap((output) =>
      range(c).flatMap((input) =>
        range(a).flatMap((row) =>
          range(b).map((column) => at(values, ((row * b + column) * c + input) * d + output)),
        ),
      ),
    )
  }
  const [height = 1, width = 1, channels = a] = image
  return range(b).flatMap((output) =>
    range(channels).flatMap((channel) =>
      range(height * width).map((pixel) => at(values, (pixel * channels + channel) * b + output)),
    ),
  )
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? Number.NaN
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe.skipIf(NEEDS_TORCH_FIXTURES)(`initial weights with seed 42${NEEDS_TORCH_FIXTURES}`, () => {
  it.each([
    ['TinyVGG', { name: 'tiny-vgg' }, 'tinyvgg_init_seed42', [7, 7, 10]],
    ['the linear model', { name: 'linear' }, 'linear_init_seed42', []],
  ] as const)('of %s are those of PyTorch, to the bit', (_, settings, key, image) => {
    const expected = Object.values(readTorchFixtures()[key])
    const drawn = draw(settings).map((parameter) => toTorchLayout(parameter, image))
    const found = drawn.map((values, index) => ({
      count: values.length,
      first: values.slice(0, expected[index]?.first.length),
    }))
    expect(found).toEqual(
      expected.map(({ shape, first }) => ({
        count: shape.reduce((product, side) => product * side, 1),
        first,
      })),
    )
    expected.forEach((reference, index) => {
      const values = drawn[index] ?? []
      expect(sum(values) / reference.sum).toBeCloseTo(1, 9)
      expect(sum(values.map((value) => value ** 2)) / reference.sumsq).toBeCloseTo(1, 9)
    })
  })
})

describe('initial parameters', () => {
  const network = buildNetwork(
    modelSettings.parse({ name: 'tiny-vgg', channels: 3, kernelSize: 5 }),
    GARMENTS,
  )
  const drawn = drawInitialParameters(network, new Random(1))

  it('have the names and shapes of the network, in its order', () => {
    expect(drawn.map(({ name, shape }) => ({ name, shape }))).toEqual(
      listParameters(network).map(({ name, shape }) => ({ name, shape })),
    )
  })

  it('lie within 1 / sqrt(inputs) and use that range, biases too', () => {
    listParameters(network).forEach(({ fanIn, shape }, index) => {
      const { values } = drawn[index] ?? { values: new Float32Array() }
      const largest = Math.max(...values.map(Math.abs))
      expect(largest * Math.sqrt(fanIn)).toBeLessThanOrEqual(1 + 1e-6)
      if (shape.length > 1) expect(largest * Math.sqrt(fanIn)).toBeGreaterThan(0.9)
    })
  })

  it('follow from the seed alone', () => {
    const settings = { name: 'mlp', hiddenUnits: [8] }
    expect(draw(settings, 3)).toEqual(draw(settings, 3))
    expect(draw(settings, 3)).not.toEqual(draw(settings, 4))
  })

  it('take one number for each value, in the order of PyTorch: the layer after a wide one is drawn after it', () => {
    const random = new Random(5)
    drawInitialParameters(network, random)
    const other = new Random(5)
    for (let i = 0; i < network.parameterCount; i++) other.nextUint32()
    expect(random.saveState()).toEqual(other.saveState())
  })
})
