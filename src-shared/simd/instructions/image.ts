// How images lie in memory, for all instructions.

/** How a [height, width, channels] image lies in memory: bytes from one row, and from one pixel, to the next. */
export interface Pitch {
  readonly rowBytes: number
  readonly pixelBytes: number
}

/** An image without gaps. */
export function densePitch(width: number, channels: number): Pitch {
  return { rowBytes: 4 * width * channels, pixelBytes: 4 * channels }
}

/** Floats rounded up to whole vectors of four. */
export function wholeVectors(floats: number): number {
  return Math.ceil(floats / 4) * 4
}

/** [height, width, channels] of an image. */
export interface ImageSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}
