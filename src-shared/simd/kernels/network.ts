// Two kernels of this engine's own: a whole training step, and a whole forward pass, of a sequential network.
// They give the numbers that the ordinary kernels give, within rounding, in a fraction of the time.
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core'
import { asSimdBackend, type SimdBackend } from '../backend.ts'
import type { LossName } from '../instructions/losses.ts'
import { sizeNetwork, type NetworkLayer } from '../network/description.ts'
import { fixedSlot, maskSlot, parameterSlot } from '../network/layout.ts'
import { optimizerSettings, statesPerParameter, type OptimizerStep } from '../network/optimizer.ts'
import { compile, countSlots, Plan, type PlanOptions } from '../network/plan.ts'
import type { PlainKernel } from './fast-kernel.ts'

/** Attributes of the kernel 'NetworkForward'. */
export interface NetworkForwardAttributes {
  readonly layers: readonly NetworkLayer[]
}

/** Attributes of the kernel 'TrainingStep'. */
export interface TrainingStepAttributes extends NetworkForwardAttributes {
  readonly loss: LossName
  readonly optimizer: OptimizerStep
}

/** Compiled networks that are kept: training, its last batch, evaluation, its last batch, and as many again. */
const KEPT_PLANS = 8

/** What a batch is made of, checked. */
interface Batch {
  readonly backend: SimdBackend
  readonly images: TensorInfo
  readonly size: number
  readonly parameters: readonly TensorInfo[]
}

/** Makes the kernels 'TrainingStep' and 'NetworkForward'; their plans are kept with them. */
export function createNetworkKernels(): PlainKernel[] {
  const plans = new PlanCache()
  return [
    {
      kernelName: 'TrainingStep',
      kernelFunc: ({ inputs, backend, attrs }) =>
        trainingStep(plans, inputs, asSimdBackend(backend), attrs as unknown as TrainingStepAttributes),
      disposeFunc: () => plans.clear(),
    },
    {
      kernelName: 'NetworkForward',
      kernelFunc: ({ inputs, backend, attrs }) =>
        networkForward(plans, inputs, asSimdBackend(backend), attrs as unknown as NetworkForwardAttributes),
    },
  ]
}

/**
 * Inputs: images [B, H, W, C] float32, labels [B] int32; parameter0, parameter1, ... in the order of the layers
 * (weights, bias, weights, bias, ...);
 * for each parameter k the optimizer's state: velocity k (SGD with momentum), or first k and second k (Adam);
 * mask0, ... [B, ...] float32 for each dropout layer.
 * Outputs: losses [B] of the single images; outputs [B, classes] of the last layer; the new parameters; then the new
 * velocities, or the new first and then the new second moments. With optimizer 'none' the gradients stand for the
 * new parameters. No outputs at all when the network has no fast path: compose it of ordinary kernels.
 * @throws Error when shapes, types or labels make no sense.
 */
function trainingStep(
  plans: PlanCache,
  inputs: NamedTensorInfoMap,
  backend: SimdBackend,
  { layers, loss, optimizer }: TrainingStepAttributes,
): TensorInfo[] {
  const batch = readBatch(inputs, backend)
  const { size, parameters } = batch
  // The step and the rates are not compiled in: they come with the settings.
  const planned = { ...optimizer, step: 1, learningRate: 0 }
  const found = plans.find(batch, layers, { loss, optimizer: planned })
  if (!found) return []
  const { plan, classes } = found
  const labels = requireShape(inputs['labels'], 'labels', [size])
  plan.setSlot(fixedSlot('labels'), backend.pointerOf(labels, 'int32'))
  checkLabels(batch, labels, classes)
  const losses = backend.createOutput([size])
  const outputs = backend.createOutput([size, classes])
  plan.setSlot(fixedSlot('losses'), losses.pointer)
  plan.setSlot(fixedSlot('outputs'), outputs.pointer)
  layers
    .filter(({ kind }) => kind === 'dropout')
    .forEach((_, index) => {
      const mask = inputs[`mask${index}`]
      const expected = found.masks[index] ?? []
      plan.setSlot(
        maskSlot(parameters.length, index),
        backend.pointerOf(requireShape(mask, `mask${index}`, [size, ...expected])),
      )
    })
  const updated = parameters.map(({ shape }, index) => {
    const output = backend.createOutput(shape)
    plan.setSlot(parameterSlot(index, 'updated'), output.pointer)
    return output.info
  })
  const states = statesPerParameter(optimizer)
  const names = states === 2 ? (['first', 'second'] as const) : states === 1 ? (['first'] as const) : []
  const updatedStates = names.flatMap((name) =>
    parameters.map(({ shape }, index) => {
      const key = `${states === 1 ? 'velocity' : name}${index}`
      const state = requireShape(inputs[key], key, shape)
      const output = backend.createOutput(shape)
      plan.setSlot(parameterSlot(index, name), backend.pointerOf(state))
      plan.setSlot(parameterSlot(index, name === 'first' ? 'updatedFirst' : 'updatedSecond'), output.pointer)
      return output.info
    }),
  )
  plan.run(optimizerSettings(optimizer))
  return [losses.info, outputs.info, ...updated, ...updatedStates]
}

/** As trainingStep, but only images and parameters go in, and outputs [B, classes] come out (in a list of one). */
function networkForward(
  plans: PlanCache,
  inputs: NamedTensorInfoMap,
  backend: SimdBackend,
  { layers }: NetworkForwardAttributes,
): TensorInfo[] {
  const batch = readBatch(inputs, backend)
  const found = plans.find(batch, layers)
  if (!found) return []
  const outputs = backend.createOutput([batch.size, found.classes])
  found.plan.setSlot(fixedSlot('outputs'), outputs.pointer)
  found.plan.run([])
  return [outputs.info]
}

function readBatch(inputs: NamedTensorInfoMap, backend: SimdBackend): Batch {
  const images = inputs['images']
  if (images?.shape.length !== 4) {
    throw new Error(
      `A network's images have shape [B, height, width, channels], not [${images?.shape.join(', ') ?? ''}].`,
    )
  }
  const size = images.shape[0] ?? 0
  if (size < 1) throw new Error('A batch needs at least one image.')
  const parameters: TensorInfo[] = []
  for (let next = inputs['parameter0']; next; next = inputs[`parameter${parameters.length}`])
    parameters.push(next)
  return { backend, images, size, parameters }
}

function requireShape(tensor: TensorInfo | undefined, name: string, shape: readonly number[]): TensorInfo {
  if (tensor?.shape.length !== shape.length || tensor.shape.some((size, index) => size !== shape[index])) {
    const actual = tensor ? `[${tensor.shape.join(', ')}]` : 'missing'
    throw new Error(`The step's ${name} should have shape [${shape.join(', ')}] and is ${actual}.`)
  }
  return tensor
}

function checkLabels({ backend, size }: Batch, labels: TensorInfo, classes: number): void {
  for (const label of backend.machine.words(backend.pointerOf(labels, 'int32'), size)) {
    if (label < 0 || label >= classes)
      throw new RangeError(`A label of ${label} is outside 0 to ${classes - 1}.`)
  }
}

interface Found {
  readonly plan: Plan
  readonly classes: number
  /** Shapes of one image's dropout masks. */
  readonly masks: readonly (readonly number[])[]
}

/** The plans used last, by everything that is compiled into them. */
class PlanCache {
  readonly #plans = new Map<string, Found>()

  /** The plan for a batch with its images and parameters in their slots, or undefined when there is no fast path. */
  find(batch: Batch, layers: readonly NetworkLayer[], training?: PlanOptions['training']): Found | undefined {
    const { backend, images, parameters } = batch
    const shapes = parameters.map(({ shape }) => shape)
    const key = JSON.stringify([layers, images.shape.slice(1), shapes, batch.size, training])
    const found = this.#plans.get(key) ?? this.#compile(batch, layers, training)
    if (!found) return undefined
    this.#plans.delete(key)
    this.#plans.set(key, found)
    this.#evict()
    found.plan.setSlot(fixedSlot('images'), backend.pointerOf(images))
    parameters.forEach((parameter, index) => {
      found.plan.setSlot(parameterSlot(index, 'weights'), backend.pointerOf(parameter))
    })
    return found
  }

  #compile(
    batch: Batch,
    layers: readonly NetworkLayer[],
    training: PlanOptions['training'],
  ): Found | undefined {
    const { backend, images, parameters, size } = batch
    const [, height = 0, width = 0, channels = 0] = images.shape
    const shapes = parameters.map(({ shape }) => shape)
    const sized = sizeNetwork(layers, { height, width, channels }, shapes)
    const options: PlanOptions = {
      ...{ layers: sized, parameters: parameters.length, batch: size },
      ...(training && { training }),
    }
    const compiled = compile(options)
    const last = sized.at(-1)
    if (!compiled || !last) return undefined
    const dropouts = sized.filter(({ layer }) => layer.kind === 'dropout')
    const masks = dropouts.map(({ input }) => [input.height, input.width, input.channels])
    const plan = new Plan(backend.machine, compiled, countSlots(parameters.length, masks.length))
    return { plan, classes: last.output.channels, masks }
  }

  #evict(): void {
    const [oldest] = this.#plans
    if (!oldest || this.#plans.size <= KEPT_PLANS) return
    oldest[1].plan.dispose()
    this.#plans.delete(oldest[0])
  }

  clear(): void {
    for (const { plan } of this.#plans.values()) plan.dispose()
    this.#plans.clear()
  }
}
