// Colours as people see them: CIE Lab, in which equal distances look about equally different.
// Source: IEC 61966-2-1 (sRGB) and CIE 15 (L*a*b*, D65).
import type { Photo } from './photo.ts'

/** The three values of each pixel one after the other: L 0..100, a and b about -100..100. */
export type LabPixels = Float32Array

const WHITE = [0.95047, 1, 1.08883] as const
const LINEAR = Float32Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})

export function toLab({ pixels }: Photo): LabPixels {
  const count = pixels.length / 4
  const lab = new Float32Array(count * 3)
  for (let i = 0; i < count; i++) {
    const red = LINEAR[pixels[i * 4] ?? 0] ?? 0
    const green = LINEAR[pixels[i * 4 + 1] ?? 0] ?? 0
    const blue = LINEAR[pixels[i * 4 + 2] ?? 0] ?? 0
    const x = compress((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE[0])
    const y = compress((0.2126729 * red + 0.7151522 * green + 0.072175 * blue) / WHITE[1])
    const z = compress((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / WHITE[2])
    lab[i * 3] = 116 * y - 16
    lab[i * 3 + 1] = 500 * (x - y)
    lab[i * 3 + 2] = 200 * (y - z)
  }
  return lab
}

/** Grey as the dataset has it: ITU-R BT.601 luma of the sRGB values, 0..255. */
export function toGrey({ pixels }: Photo): Float32Array {
  return Float32Array.from(
    { length: pixels.length / 4 },
    (_, i) =>
      0.299 * (pixels[i * 4] ?? 0) + 0.587 * (pixels[i * 4 + 1] ?? 0) + 0.114 * (pixels[i * 4 + 2] ?? 0),
  )
}

function compress(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116
}
