// Pictures as plain bytes: what is handed in, what is worked on, what is shown.
import type { StepName } from '../../preparation.ts'

/** Side of the input. */
export const INPUT_SIDE = 28

/** A decoded photo: upright (EXIF applied), sRGB, four bytes a pixel with straight alpha, row after row. */
export interface Photo {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** A picture of a step: grey, RGB, or RGBA with straight alpha. */
export interface StepImage {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
  readonly pixels: Uint8Array
}

export interface PreparationStep {
  readonly name: StepName
  readonly title: string
  /** What happened in this step to this photo, as a sentence. */
  readonly note: string
  readonly image: StepImage
}

/** One value for each pixel, row after row. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** A part of a picture in pixels; `right` and `bottom` are the first ones outside. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** @throws RangeError when the bytes are not those of a picture of that size */
export function requirePhoto({ width, height, pixels }: Photo): void {
  const isSize = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0
  if (isSize && pixels.length === width * height * 4) return
  throw new RangeError(
    `a photo of ${width} x ${height} has ${width * height * 4} bytes of RGBA, found ${pixels.length}`,
  )
}
