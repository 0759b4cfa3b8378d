// The connected pieces of a mask, and which of them belong to the garment.

export interface Piece {
  readonly pixels: readonly number[]
}

/** A piece is kept when it has at least this share of the largest one: the second shoe, and no speck. */
const SMALLEST_SHARE = 0.15

/** Pieces connected by edges, largest first. */
export function findPieces(mask: Uint8Array, width: number): readonly Piece[] {
  const seen = new Uint8Array(mask.length)
  const pieces: Piece[] = []
  mask.forEach((value, start) => {
    if (value === 0 || seen[start] === 1) return
    pieces.push({ pixels: fill(mask, width, start, seen) })
  })
  return pieces.toSorted((a, b) => b.pixels.length - a.pixels.length)
}

/** The mask without its small pieces; pieces that hold a pixel of `kept` stay. */
export function dropSmallPieces(
  mask: Uint8Array,
  width: number,
  isKept: (pixel: number) => boolean,
): Uint8Array {
  const pieces = findPieces(mask, width)
  const least = (pieces[0]?.pixels.length ?? 0) * SMALLEST_SHARE
  const result = new Uint8Array(mask.length)
  for (const { pixels } of pieces)
    if (pixels.length >= least || pixels.some(isKept)) for (const pixel of pixels) result[pixel] = 1
  return result
}

function fill(mask: Uint8Array, width: number, start: number, seen: Uint8Array): number[] {
  const pixels = [start]
  seen[start] = 1
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at] ?? 0
    const x = pixel % width
    const next = [pixel - width, pixel + width, x > 0 ? pixel - 1 : -1, x < width - 1 ? pixel + 1 : -1]
    for (const other of next) {
      if (mask[other] !== 1 || seen[other] === 1) continue
      seen[other] = 1
      pixels.push(other)
    }
  }
  return pixels
}
