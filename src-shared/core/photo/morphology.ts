// Masks made whole: small gaps closed, holes filled, threads taken away.
import { findPieces } from './components.ts'

/**
 * Closes gaps narrower than about twice the radius. As in OpenCV nothing is supposed of what lies beyond the picture's edge,
 * so that what is nearer to it than the radius is closed onto it.
 */
export function closeMask(mask: Uint8Array, width: number, radius: number): Uint8Array {
  let result = mask
  for (let i = 0; i < radius; i++) result = grow(result, width, 1)
  for (let i = 0; i < radius; i++) result = grow(result, width, 0)
  return result
}

/** Takes away what is narrower than about twice the radius; what reaches the picture's edge goes on beyond it. */
export function openMask(mask: Uint8Array, width: number, radius: number): Uint8Array {
  let result = mask
  for (let i = 0; i < radius; i++) result = grow(result, width, 0)
  for (let i = 0; i < radius; i++) result = grow(result, width, 1)
  return result
}

/** Fills what is enclosed on all sides: background that cannot be reached from the edge of the picture. */
export function fillHoles(mask: Uint8Array, width: number): Uint8Array {
  const filled = mask.slice()
  const height = mask.length / width
  const inverse = mask.map((value) => 1 - value)
  for (const { pixels } of findPieces(inverse, width)) {
    const reachesEdge = pixels.some((pixel) => {
      const x = pixel % width
      const y = Math.floor(pixel / width)
      return x === 0 || y === 0 || x === width - 1 || y === height - 1
    })
    if (!reachesEdge) for (const pixel of pixels) filled[pixel] = 1
  }
  return filled
}

/** Every pixel beside one of the value takes the value too. */
function grow(mask: Uint8Array, width: number, value: number): Uint8Array {
  return mask.map((own, pixel) => {
    if (own === value) return own
    const x = pixel % width
    const left = x > 0 ? mask[pixel - 1] : undefined
    const right = x < width - 1 ? mask[pixel + 1] : undefined
    return [left, right, mask[pixel - width], mask[pixel + width]].includes(value) ? value : own
  })
}
