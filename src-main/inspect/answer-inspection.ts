// Questions about the inside of a network, answered in the classifier process, whose engine runs. The networks that were
// asked last stay loaded.
import { computeGradCam, requireClass } from '#shared/core/inspect/grad-cam.ts'
import { lookInside } from '#shared/core/inspect/look-inside.ts'
import { occludeImage } from '#shared/core/inspect/occlude.ts'
import { taskFor } from '#shared/core/models/layers.ts'
import type { ParameterValues } from '#shared/core/models/initial-parameters.ts'
import {
  disposeParameters,
  type LiveParameters,
  loadParameters,
} from '#shared/core/models/live-parameters.ts'
import { buildNetwork, listParameters, type Network } from '#shared/core/models/network.ts'
import { MAX_WEIGHTS } from '#shared/contract/inspect.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import { takeUnits } from '#shared/inspect/weights-of-units.ts'
import { readCheckpoint } from '../training/checkpoint-file.ts'
import type { InspectionAnswer, InspectionQuestion } from './inspection-messages.ts'

/** A network can be as large as 200 MB. */
const MAX_LOADED = 2

interface LoadedNetwork {
  readonly network: Network
  readonly parameters: LiveParameters
  readonly values: readonly ParameterValues[]
}

export class InspectionDesk {
  readonly #loaded = new Map<string, Promise<LoadedNetwork>>()

  async answer(question: InspectionQuestion): Promise<InspectionAnswer> {
    const loaded = await this.#load(question)
    const { network, parameters } = loaded
    switch (question.type) {
      case 'look-inside':
        return { type: 'looked', layers: await lookInside(network, parameters, question.input) }
      case 'read-weights':
        return readWeights(loaded, question)
      case 'grad-cam': {
        const { input, layer, label } = question
        return { type: 'explained', ...(await computeGradCam(network, parameters, input, layer, label)) }
      }
      case 'occlude':
        return occlude(loaded, question)
      default:
        return question satisfies never
    }
  }

  #load(question: InspectionQuestion): Promise<LoadedNetwork> {
    const { source, height, width, channels } = question
    const key = `${source.runId} ${source.checkpoint.sha256} ${height} ${width} ${channels}`
    const loading = this.#loaded.get(key) ?? loadNetwork(question)
    this.#loaded.delete(key)
    this.#loaded.set(key, loading)
    loading.then(
      () => this.#forgetOldest(),
      () => this.#loaded.delete(key),
    )
    return loading
  }

  /** One question is answered at a time, so nobody computes with what is forgotten. */
  #forgetOldest(): void {
    const [oldest] = this.#loaded
    if (oldest === undefined || this.#loaded.size <= MAX_LOADED) return
    this.#loaded.delete(oldest[0])
    void oldest[1].then(({ parameters }) => disposeParameters(parameters))
  }
}

/** @throws Failure where the weights are gone or damaged, or belong to images of another size */
async function loadNetwork(question: InspectionQuestion): Promise<LoadedNetwork> {
  const { source, height, width } = question
  const { experiment, classNames, runFolder, checkpoint } = source
  const { parameters: values } = await readCheckpoint(runFolder, checkpoint).catch(explainLoss)
  const network = buildNetwork(experiment.model, taskFor(question, classNames.length))
  const fits = listParameters(network).every(({ shape }, i) => shape.join() === values[i]?.shape.join())
  if (!fits)
    throw new Failure(
      'conflict',
      `Run ${source.runId} was trained on images of another size than ${width} x ${height}. Choose an image of its own dataset.`,
    )
  return { network, parameters: loadParameters(values), values }
}

function explainLoss(error: unknown): never {
  const { code, message } = describeFailure(error)
  if (code !== 'not-found') throw error
  const advice = 'The figures of the run stay; train it again to look inside.'
  throw new Failure('conflict', `The weights of this run are gone: ${message} ${advice}`, { cause: error })
}

/** @throws Failure 'invalid-setting' for a layer that learns nothing, units that it has not, and more than one answer holds */
function readWeights(
  { values }: LoadedNetwork,
  { layer, from, count }: Extract<InspectionQuestion, { type: 'read-weights' }>,
): InspectionAnswer {
  const weight = values.find(({ name }) => name === `${layer}.weight`)
  const bias = values.find(({ name }) => name === `${layer}.bias`)
  if (weight === undefined || bias === undefined)
    throw refuse(`The layer ${layer} has no weights to look at.`)
  const units = bias.values.length
  if (from + count > units)
    throw refuse(`The layer ${layer} has ${units} units; ${from} to ${from + count - 1} were asked for.`)
  const asked = (weight.values.length / units) * count
  if (asked > MAX_WEIGHTS)
    throw refuse(
      `${count} units of ${layer} have ${asked} weights; one answer holds ${MAX_WEIGHTS}. Ask for fewer units.`,
    )
  const weights = takeUnits(weight.values, weight.shape, from, count)
  return { type: 'weights', weights, biases: bias.values.slice(from, from + count) }
}

function refuse(message: string): Failure {
  return new Failure('invalid-setting', message)
}

async function occlude(
  { network, parameters }: LoadedNetwork,
  { input, label }: Extract<InspectionQuestion, { type: 'occlude' }>,
): Promise<InspectionAnswer> {
  requireClass(network, label)
  const { height, width } = network.task
  const values = await occludeImage(network, parameters, input, label)
  return { type: 'explained', height, width, values, weights: new Float32Array() }
}
