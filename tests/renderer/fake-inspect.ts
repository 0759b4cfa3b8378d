// The inside of networks at the fake host: weights drawn by the core, and every value computed in plain arithmetic, so
// that what the page shows can be worked out again.
import type { InsideAnswer, InspectSubject } from '#shared/contract/inspect.ts'
import { drawInitialParameters, type ParameterValues } from '#shared/core/models/initial-parameters.ts'
import { buildNetwork, size, type SizedLayer } from '#shared/core/models/network.ts'
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import { Random } from '#shared/core/random.ts'
import { Failure } from '#shared/failure.ts'
import { type ModelSettings, modelSettings } from '#shared/experiment.ts'
import { packFloats } from '#shared/inspect/packed-floats.ts'
import { explainUnit } from '#shared/inspect/contributions.ts'
import { activateNumber, explainConvolution, explainPooling } from '#shared/inspect/one-value.ts'
import { takeUnits } from '#shared/inspect/weights-of-units.ts'
import type { FakeHost } from './fake-host.ts'

const SIDE = 12
const CLASSES = [...FASHION_CLASS_NAMES]
const COUNT = 50

export class FakeInspect {
  model: ModelSettings = modelSettings.parse({ name: 'tiny-vgg', channels: 3, blocks: 1 })
  loss: InsideAnswer['loss'] = 'cross-entropy'
  epoch = 3
  /** Of the images: 1 for grey, 3 for colours. */
  channels = 1
  /** The class that the data names for every image. */
  truth = 4
  readonly refuse: (code: Failure['code'], message: string) => void
  #refusal: Failure | null = null

  constructor() {
    this.refuse = (code, message) => (this.#refusal = new Failure(code, message))
  }

  parameters(): readonly ParameterValues[] {
    return drawInitialParameters(this.network(), new Random(7))
  }

  network() {
    const { model, channels } = this
    return buildNetwork(model, { height: SIDE, width: SIDE, channels, classes: CLASSES.length })
  }

  /** @param host whose calls are noted and refused as a test wants it */
  handlers(host: Pick<FakeHost, 'implement'>) {
    const { inspect } = host.implement()
    return {
      look: inspect.look.handler(({ input }) => this.#look(input.subject)),
      readWeights: inspect.readWeights.handler(({ input: { layer, from, count } }) => {
        const [weight, bias] = ['weight', 'bias'].map((part) =>
          this.parameters().find(({ name }) => name === `${layer}.${part}`),
        )
        if (weight === undefined || bias === undefined) throw new Error(`${layer} has no weights`)
        const weights = takeUnits(weight.values, weight.shape, from, count)
        return { weights: packFloats(weights), biases: packFloats(bias.values.slice(from, from + count)) }
      }),
      gradCam: inspect.gradCam.handler(({ input }) => {
        const layer = this.network().layers.find(({ layer: { name } }) => name === input.layer)
        const [height = 0, width = 0] = layer?.output ?? []
        const values = Float32Array.from({ length: height * width }, (_, at) => at / (height * width))
        return { height, width, values: packFloats(values), weights: packFloats(new Float32Array(3)) }
      }),
      occlude: inspect.occlude.handler(() => {
        const values = Float32Array.from({ length: SIDE * SIDE }, (_, at) => (at % 3) / 10 - 0.1)
        return { height: SIDE, width: SIDE, values: packFloats(values), weights: '' }
      }),
    }
  }

  #look(subject: InspectSubject): InsideAnswer {
    if (this.#refusal !== null) throw this.#refusal
    const index = subject.type === 'image' ? subject.index : subject.number
    if (index >= COUNT)
      throw new Failure(
        'not-found',
        `There is no test image ${index}: Drawn has ${COUNT}, numbered from 0 to 49.`,
      )
    const pixels = Uint8Array.from(
      { length: SIDE * SIDE * this.channels },
      (_, at) => (at * 7 + index * 31) % 256,
    )
    const { layers } = this.network()
    let reached = Float32Array.from(pixels, (byte) => byte / 255)
    const parameters = [...this.parameters()]
    const told = layers.map((sized) => {
      const sums = applyPlainly(sized, reached, parameters.splice(0, sized.parameters.length))
      const { layer } = sized
      const activation = 'activation' in layer ? layer.activation : null
      reached = sums.map((sum) => activateNumber(sum, activation))
      const values = packFloats(reached)
      return { name: layer.name, values, sums: activation === null ? null : packFloats(sums) }
    })
    const isPhoto = subject.type === 'photo'
    return {
      ...{
        runName: 'Drawn network',
        epoch: this.epoch,
        model: this.model,
        loss: this.loss,
        averagesViews: isPhoto,
      },
      ...{
        classNames: CLASSES,
        datasetId: 'sketches',
        directory: null,
        height: SIDE,
        width: SIDE,
        channels: this.channels,
      },
      place: isPhoto ? null : { image: index, count: COUNT },
      name: isPhoto ? 'dress.jpg' : `test ${index}`,
      pixels: btoa(String.fromCharCode(...pixels)),
      truth: isPhoto ? null : { label: this.truth, name: CLASSES[this.truth] ?? '' },
      layers: told,
    }
  }
}

function applyPlainly(
  { layer, input, output }: SizedLayer,
  given: Float32Array,
  [weight, bias]: readonly ParameterValues[],
): Float32Array {
  const [, width = 1, channels = 1] = output
  const units = output.at(-1) ?? 1
  const placed = (make: (at: { row: number; column: number }, channel: number) => number): Float32Array =>
    Float32Array.from({ length: size(output) }, (_, at) => {
      const pixel = Math.floor(at / channels)
      return make({ row: Math.floor(pixel / width), column: pixel % width }, at % channels)
    })
  const kernels =
    weight === undefined
      ? []
      : Array.from({ length: units }, (_, unit) => takeUnits(weight.values, weight.shape, unit, 1))
  switch (layer.kind) {
    case 'convolution':
      return placed((at, map) => {
        const linear = { ...layer, activation: null }
        return explainConvolution(linear, given, input, kernels[map] ?? [], bias?.values[map] ?? 0, at).value
      })
    case 'pooling':
      return placed((at, map) => explainPooling(layer, given, input, at, map).value)
    case 'dense':
      return Float32Array.from(kernels, (own, unit) => explainUnit(given, own, bias?.values[unit] ?? 0).sum)
    case 'flatten':
    case 'dropout':
      return given
    default:
      return layer satisfies never
  }
}
