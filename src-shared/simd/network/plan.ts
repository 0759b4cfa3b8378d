// A network compiled for one batch size: its phases written down once, with memory of their own, to be run many times.
// Each slice of the batch is computed image by image from the pixels to the gradients, so that everything an image
// needs stays in a core's cache; the slices' gradients are then added in their order.
import { clear } from '../instructions/arranging.ts'
import { lossOf, type LossName } from '../instructions/losses.ts'
import type { Machine } from '../machine.ts'
import { roundUp } from '../machine.ts'
import { inArena, inSlice, phaseBytes, pieceCount, type Phase, type Surroundings } from '../program.ts'
import { buildBackward } from './backward.ts'
import type { SizedLayer } from './description.ts'
import { takeTileScratch } from './emit-convolution.ts'
import { buildForward } from './forward.ts'
import { fixedSlot, inFixedSlot, Layout, maskSlot, takeFeature } from './layout.ts'
import { SETTINGS_FLOATS, type OptimizerStep } from './optimizer.ts'
import { buildUpdate } from './update.ts'

/** A batch is cut into so many slices at most; more threads than this find no work. */
const MAXIMUM_SLICES = 16
/** In inference nothing is added over images, so that pieces may be smaller. */
const INFERENCE_IMAGES_PER_PIECE = 4

/**
 * Image by image, a wide dense layer reads all of its weights from memory every time: matrix products are faster. So they
 * may be many only beside convolutions that take far longer.
 */
const MAXIMUM_DENSE_WEIGHTS = 65536
const CONVOLUTIONS_TO_DENSE = 16

export interface PlanOptions {
  readonly layers: readonly SizedLayer[]
  /** Number of parameter tensors. */
  readonly parameters: number
  readonly batch: number
  /** Absent in inference. */
  readonly training?: { readonly loss: LossName; readonly optimizer: OptimizerStep }
}

/** What the compiler of programs hands to the memory's side. */
export interface Compiled {
  readonly phases: readonly Phase[]
  readonly arenaBytes: number
  readonly packedBytes: number
  readonly sliceBytes: number
  readonly slices: number
  readonly scratchFloats: number
}

/** @returns undefined when the fast path has no kernels for the network. */
export function compile(options: PlanOptions): Compiled | undefined {
  const arena = new Layout(inArena)
  const packed = new Layout((offset) => inFixedSlot('packed', offset))
  const slice = new Layout(inSlice)
  const { layers, parameters, batch, training } = options
  const tileScratch = takeTileScratch(arena, layers)
  const forward = buildForward({
    layers,
    parameters,
    arena,
    packed,
    tileScratch,
    training: training !== undefined,
  })
  const last = layers.at(-1)
  if (!last || last.output.height * last.output.width !== 1 || isMostlyDense(layers)) return undefined
  if (!training) {
    const body = { kind: 'items', items: batch, itemsPerPiece: INFERENCE_IMAGES_PER_PIECE } as const
    return {
      phases: [packingPhase(forward.packing), { ...body, prologue: [], body: forward.body }],
      ...{ arenaBytes: arena.bytes, packedBytes: packed.bytes, sliceBytes: 0, slices: 0, scratchFloats: 0 },
    }
  }
  const gradient = takeFeature(arena, last.output)
  const backward = buildBackward(forward.records, gradient, { arena, packed, tileScratch, slice })
  if (!backward) return undefined
  const classes = last.output.channels
  const loss = lossOf(
    training.loss,
    {
      logits: inFixedSlot('outputs', 0, 4 * classes),
      label: inFixedSlot('labels', 0, 4),
      loss: inFixedSlot('losses', 0, 4),
      gradient: gradient.start,
    },
    classes,
    1 / batch,
  )
  const itemsPerPiece = Math.ceil(batch / MAXIMUM_SLICES)
  const slicePhase: Phase = {
    ...{ kind: 'items', items: batch, itemsPerPiece },
    prologue: [clear(inSlice(0), slice.bytes)],
    body: [...forward.body, loss, ...backward.body],
  }
  const slices = pieceCount(slicePhase)
  const update = buildUpdate(backward.gradients, training.optimizer, slices, slice.bytes)
  return {
    phases: [packingPhase([...forward.packing, ...backward.packing]), slicePhase, update.phase],
    ...{ arenaBytes: arena.bytes, packedBytes: packed.bytes, sliceBytes: slice.bytes, slices },
    scratchFloats: update.scratchFloats,
  }
}

function isMostlyDense(layers: readonly SizedLayer[]): boolean {
  const dense = layers.filter(({ layer }) => layer.kind === 'dense').map(multiplyAdds)
  const convolutions = layers.filter(({ layer }) => layer.kind === 'convolution').map(multiplyAdds)
  return Math.max(0, ...dense) > Math.max(MAXIMUM_DENSE_WEIGHTS, sum(convolutions) / CONVOLUTIONS_TO_DENSE)
}

function multiplyAdds({ input, output, filter }: SizedLayer): number {
  return output.height * output.width * output.channels * filter[0] * filter[1] * input.channels
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function packingPhase(body: Compiled['phases'][number]['body']): Phase {
  return { kind: 'instructions', body, instructionsPerPiece: 1 }
}

/** A compiled network in the shared memory. */
export class Plan {
  readonly #machine: Machine
  readonly #blocks: number[] = []
  readonly #phases: number[] = []
  readonly #slots: Int32Array
  readonly #settings: Float32Array

  constructor(machine: Machine, compiled: Compiled, slotCount: number) {
    this.#machine = machine
    const arenaBytes = roundUp(compiled.arenaBytes)
    const bases = this.#take(4 * (FIRST_SLOT + slotCount))
    const arenas = this.#take(arenaBytes * machine.threads)
    const slices = this.#take(compiled.sliceBytes * compiled.slices)
    const settings = this.#take(4 * SETTINGS_FLOATS)
    machine.words(arenas, (arenaBytes * machine.threads) / 4).fill(0)
    machine.words(bases, FIRST_SLOT).fill(0)
    this.#slots = machine.words(bases + 4 * FIRST_SLOT, slotCount)
    this.#settings = new Float32Array(machine.memory.buffer, settings, SETTINGS_FLOATS)
    this.setSlot(fixedSlot('slices'), slices)
    this.setSlot(fixedSlot('settings'), settings)
    this.setSlot(fixedSlot('packed'), this.#take(compiled.packedBytes))
    this.setSlot(fixedSlot('scratch'), this.#take(4 * compiled.scratchFloats))
    const around: Surroundings = {
      bases,
      arenas,
      arenaBytes,
      slices,
      sliceBytes: compiled.sliceBytes,
      rows: 0,
    }
    for (const phase of compiled.phases) {
      const pointer = this.#take(phaseBytes(phase))
      machine.writePhase(pointer, phase, around)
      this.#phases.push(pointer)
    }
  }

  #take(bytes: number): number {
    const pointer = this.#machine.allocator.allocate(bytes)
    this.#blocks.push(pointer)
    return pointer
  }

  /** Says where the tensor of a slot lies in the next run. */
  setSlot(slot: number, pointer: number): void {
    this.#slots[slot] = pointer
  }

  /** @param settings of the optimizer */
  run(settings: readonly number[]): void {
    this.#settings.set(settings)
    for (const phase of this.#phases) this.#machine.runWritten(phase)
  }

  /** Gives all of the plan's memory back. */
  dispose(): void {
    for (const block of this.#blocks.splice(0)) this.#machine.allocator.free(block)
  }
}

/** Slots that a program for `parameters` tensors and `masks` dropout layers has. */
export function countSlots(parameters: number, masks: number): number {
  return maskSlot(parameters, masks)
}

const FIRST_SLOT = 3
