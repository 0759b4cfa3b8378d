// What leaves Atelier when a run's model is exported: its network, its weights, and everything that one must know to
// give it an image. Each format writes the same things in its own way.
import type { NamedTensor } from '#shared/core/safetensors.ts'
import { listParameters, type Network } from '#shared/core/models/network.ts'
import { Failure } from '#shared/failure.ts'
import { DEFAULT_PREPARATION, PREPARATION_VERSION } from '#shared/preparation.ts'
import { exactAccuracy, type Run } from '#shared/run.ts'

export interface ExportedModel {
  readonly run: Run
  readonly network: Network
  /** In the order of `listParameters`: convolutions HWIO, dense [in, out]. */
  readonly parameters: readonly NamedTensor[]
  /** The epoch after which the weights were so. */
  readonly epoch: number
  /** Atelier's own. */
  readonly version: string
}

/** A file of an export; `name` has no folder. */
export interface ExportedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The values of the parameter of that name. @throws Failure 'invalid-file' where the weights are not of this network */
export function takeParameter({ parameters }: ExportedModel, name: string): Float32Array {
  const values = parameters.find((parameter) => parameter.name === name)?.values
  if (values instanceof Float32Array) return values
  throw new Failure('invalid-file', `The checkpoint has no weights called ${name}, which the network needs.`)
}

/** @throws Failure 'invalid-file' that names the first weight which does not fit */
export function requireMatchingWeights({ network, parameters, run }: ExportedModel): void {
  for (const [index, { name, shape }] of listParameters(network).entries()) {
    const found = parameters[index]
    if (found?.name === name && String(found.shape) === String(shape)) continue
    const was = found === undefined ? 'nothing' : `${found.name} of ${found.shape.join(' x ')}`
    throw new Failure(
      'invalid-file',
      `The weights of run ${run.id} do not fit its network: expected ${name} of ${shape.join(' x ')}, found ${was}.`,
    )
  }
}

const GREY_PREPARATION = {
  version: PREPARATION_VERSION,
  settings: DEFAULT_PREPARATION,
  summary:
    'a photo is cut out, turned to grey, trimmed, its longest edge shrunk to fit, sharpened, centred on black, and inverted where the garment is darker than what lies behind it',
}
const COLOUR_PREPARATION = { summary: 'the whole photo, shrunk to fit, in the middle of a white square' }

/**
 * How an image becomes an input and what the outputs are, as names and texts: every format can carry that. Lists and
 * records are JSON.
 * @param layout of the input, such as 'batch, channels, height, width'
 */
export function describeModel(model: ExportedModel, layout: string): Readonly<Record<string, string>> {
  const { run, network, epoch, version } = model
  const { height, width, channels } = network.task
  return {
    producer: `Atelier ${version}`,
    run: run.id,
    name: run.name,
    epoch: String(epoch),
    classes: JSON.stringify(run.dataset.classNames),
    input: JSON.stringify({
      layout,
      height,
      width,
      channels,
      type: 'float32',
      values:
        channels === 1
          ? 'pixel / 255, from 0 to 1; the garment light, what lies behind it black'
          : 'pixel / 255, from 0 to 1; red, green and blue as in the picture',
    }),
    output: 'logits, one for each class; softmax makes them probabilities',
    preparation: JSON.stringify(channels === 1 ? GREY_PREPARATION : COLOUR_PREPARATION),
    dataset: JSON.stringify({ name: run.dataset.name, sha256: run.dataset.hash }),
    experiment: JSON.stringify(run.experiment),
    ...(run.evaluation === null
      ? {}
      : {
          evaluation: JSON.stringify({
            split: run.evaluation.split,
            accuracy: exactAccuracy(run.evaluation.metrics),
            images: run.evaluation.metrics.count,
          }),
        }),
  }
}
