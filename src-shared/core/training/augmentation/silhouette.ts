// What of an image is garment, for changes that need to know where it lies.

/** Darker than this is background. */
export const SILHOUETTE = 0.04

/** In pixels; `right` and `bottom` are the first ones outside. Empty where `right` is not above `left`. */
export interface Bounds {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The smallest box around what is not background. */
export function boundSilhouette(image: Float32Array, width: number, height: number): Bounds {
  let [left, right, top, bottom] = [width, 0, height, 0]
  image.forEach((value, i) => {
    if (value <= SILHOUETTE) return
    const x = i % width
    const y = Math.floor(i / width)
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + 1)
  })
  return { left, right, top, bottom }
}
