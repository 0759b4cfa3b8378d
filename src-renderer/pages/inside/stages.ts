// The chain from the image to the answer as it is shown: one stage a row, with its words, its maps or units, and the
// scale that all of them share.
import type { Inside, InsideLayer, Shape } from '#shared/inspect/inside.ts'
import { takeMap } from '#shared/inspect/one-value.ts'
import { summarizeNetwork } from '#shared/network-summary.ts'
import { limitOf } from '../../parts/images/colour-scale.ts'

export interface Stage {
  /** Its place in the chain. */
  readonly index: number
  readonly kind: 'image' | 'convolution' | 'pooling' | 'flatten' | 'dropout' | 'dense' | 'softmax'
  readonly name: string
  /** What it does, in words. */
  readonly description: string
  readonly shape: Shape
  readonly layer: InsideLayer | null
  /** How many maps or units one can choose; none for stages that only pass on. */
  readonly count: number
  /** Height and width of a map; 1 x 1 for units. */
  readonly height: number
  readonly width: number
  /** Where the colours end, and whether there are values below 0. */
  readonly limit: number
  readonly lowest: number
  readonly highest: number
  /** Values of one map or unit, row after row. */
  readonly mapOf: (map: number) => ArrayLike<number>
}

const GREY_WORDS = 'what the network is given: each pixel from 0 (background) to 1'
const COLOUR_WORDS = 'what the network is given: each colour of a pixel from 0 to 1'
const COLOURS = ['red', 'green', 'blue']
const SOFTMAX_WORDS = 'e to the power of each logit, as a share of their sum'

export function listStages(inside: Inside): readonly Stage[] {
  const { image, height, width, channels, layers, probabilities, model, classNames } = inside
  const summary = summarizeNetwork(model, { height, width, channels, classes: classNames.length })
  const inner = layers.map((layer, place): Stage => {
    const { name = '', description = '' } = summary.stages[place] ?? {}
    const { kind } = layer.layer
    return { index: place + 1, kind, name, description, layer, ...describe(layer.values, layer.output, kind) }
  })
  const words = channels === 1 ? GREY_WORDS : COLOUR_WORDS
  const first = { index: 0, kind: 'image', name: 'image', description: words, layer: null } as const
  const last = { kind: 'softmax', name: 'softmax', description: SOFTMAX_WORDS, layer: null } as const
  return [
    { ...first, ...describe(image, [height, width, channels], 'image') },
    ...inner,
    { index: inner.length + 1, ...last, ...describe(probabilities, [probabilities.length], 'softmax') },
  ]
}

function describe(values: Float32Array, shape: Shape, kind: Stage['kind']) {
  const isPassing = kind === 'flatten' || kind === 'dropout'
  const [height = 1, width, channels = 1] = shape
  const isMaps = width !== undefined
  return {
    shape,
    count: isPassing ? 0 : isMaps ? channels : height,
    height: isMaps ? height : 1,
    width: isMaps ? width : 1,
    limit: limitOf(values),
    lowest: values.reduce((least, value) => Math.min(least, value), Infinity),
    highest: values.reduce((most, value) => Math.max(most, value), -Infinity),
    mapOf: (map: number): ArrayLike<number> => (isMaps ? takeMap(values, shape, map) : [values[map] ?? NaN]),
  }
}

/** A dense layer right after the image: its units are shown by their weights, which are pictures. */
export function readsImage({ kind, layer }: Stage): boolean {
  const from = layer?.flattenedFrom
  return kind === 'dense' && from !== null && from !== undefined && from[2] === 1
}

/** A map in a word, among its like: 'map 3', or a colour of the image. */
export function wordForMap({ kind, count }: Stage, map: number): string {
  if (kind !== 'image') return `map ${map + 1}`
  return count === 1 ? 'image' : (COLOURS[map] ?? '')
}

/** What one of a stage's maps or units is called: 'map 3 of 10', 'unit 5', 'Coat'. */
export function nameOfMap(stage: Stage, map: number, inside: Inside): string {
  if (stage.kind === 'image') return stage.count === 1 ? 'the image' : `its ${wordForMap(stage, map)}`
  const isLogits = stage.index >= inside.layers.length
  if (isLogits) return inside.classNames[map] ?? `class ${map}`
  return `${stage.kind === 'dense' ? 'unit' : 'map'} ${map + 1} of ${stage.count}`
}
