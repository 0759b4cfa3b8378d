// A drawing is a pile of layers, the lowest first: pieces of cloth, and marks of one tone upon them.
import type { Cloth } from './cloth.ts'
import type { Outline } from './outline.ts'

export interface Layer {
  readonly outline: Outline
  /** Absent for a mark of one tone. */
  readonly cloth: Cloth | undefined
  /** The tone of a mark (0 = background, 1 = ink), or what the cloth is multiplied by. */
  readonly tone: number
  /** 1 hides what is below, 0 hides nothing. */
  readonly opacity: number
}

export class Drawing {
  readonly layers: Layer[] = []

  /** Lays down a piece of cloth; `gain` below 1 is in the shade, above 1 in the light. */
  piece(outline: Outline, cloth: Cloth, gain = 1): void {
    this.layers.push({ outline, cloth, tone: gain, opacity: 1 })
  }

  /** Draws in one tone: seams, buttons, shadows. */
  mark(outline: Outline, tone: number, opacity = 1): void {
    this.layers.push({ outline, cloth: undefined, tone, opacity })
  }

  /** Lets the background through. */
  hole(outline: Outline): void {
    this.mark(outline, 0)
  }
}
