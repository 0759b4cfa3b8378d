// Where a program keeps its numbers: one bump allocator each for the threads' scratch, the slices' gradients and the
// packed filters; and the slots through which tensors are named before their addresses are known.
import type { Border } from '../geometry.ts'
import { densePitch, type ImageSize, type Pitch } from '../instructions/image.ts'
import { inSlot, shifted, type Operand } from '../program.ts'

/** Room behind each buffer, because kernels read whole vectors. */
const GUARD_BYTES = 64

/** Gives out consecutive places of a memory whose size is known only at the end. */
export class Layout {
  readonly #place: (offset: number) => Operand
  #bytes = 0

  constructor(place: (offset: number) => Operand) {
    this.#place = place
  }

  get bytes(): number {
    return this.#bytes
  }

  take(floats: number): Operand {
    const operand = this.#place(this.#bytes)
    this.#bytes += Math.ceil((4 * floats + GUARD_BYTES) / 64) * 64
    return operand
  }
}

/** An image in memory: `start` is its first pixel, whatever border lies around it. */
export interface Feature extends ImageSize {
  readonly start: Operand
  readonly pitch: Pitch
}

export const noBorder: Border = { top: 0, bottom: 0, left: 0, right: 0 }

/** Takes room for an image and its border; `pixelFloats` may be more than its channels. */
export function takeFeature(
  layout: Layout,
  size: ImageSize,
  border: Border = noBorder,
  pixelFloats = size.channels,
): Feature {
  const rowPixels = border.left + size.width + border.right
  const pitch = densePitch(rowPixels, pixelFloats)
  const rows = border.top + size.height + border.bottom
  const corner = layout.take(rows * rowPixels * pixelFloats)
  const { height, width, channels } = size
  const start = shifted(corner, border.top * pitch.rowBytes + border.left * pitch.pixelBytes)
  return { height, width, channels, start, pitch }
}

/** The same numbers seen as another shape: only for features without gaps. */
export function asImage(feature: Feature, { height, width, channels }: ImageSize): Feature {
  return { height, width, channels, start: feature.start, pitch: densePitch(width, channels) }
}

const FIXED = ['images', 'labels', 'losses', 'outputs', 'packed', 'slices', 'scratch', 'settings'] as const
const PER_PARAMETER = ['weights', 'updated', 'first', 'updatedFirst', 'second', 'updatedSecond'] as const

export type FixedSlot = (typeof FIXED)[number]
export type ParameterSlot = (typeof PER_PARAMETER)[number]

/** The number of a slot that every program has. */
export function fixedSlot(name: FixedSlot): number {
  return FIXED.indexOf(name)
}

/** The number of the slot for a parameter, or for one of the tensors that go with it. */
export function parameterSlot(parameter: number, name: ParameterSlot): number {
  return FIXED.length + parameter * PER_PARAMETER.length + PER_PARAMETER.indexOf(name)
}

/** The number of the slot for the mask of the `index`-th dropout layer. */
export function maskSlot(parameters: number, index: number): number {
  return parameterSlot(parameters, 'weights') + index
}

/** An operand in a fixed slot. */
export function inFixedSlot(name: FixedSlot, offset = 0, stride = 0): Operand {
  return inSlot(fixedSlot(name), offset, stride)
}
