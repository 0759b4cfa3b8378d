// Photos for tests: a T-shape in one colour on another, which every way of cutting out must find.
import type { Photo } from '#shared/core/photo/photo.ts'

export type Colour = readonly [number, number, number]

export const WHITE: Colour = [250, 250, 248]
export const BLACK: Colour = [8, 8, 10]
export const NAVY: Colour = [30, 40, 90]
export const SAND: Colour = [205, 180, 140]

/** Sleeves above a body, in shares of the photo's sides. */
export function isGarment(x: number, y: number): boolean {
  const isSleeve = y > 0.2 && y < 0.42 && x > 0.15 && x < 0.85
  const isBody = y > 0.2 && y < 0.85 && x > 0.33 && x < 0.67
  return isSleeve || isBody
}

export interface Drawing {
  readonly width?: number
  readonly height?: number
  readonly garment: Colour
  /** Null for a transparent one. */
  readonly background: Colour | null
  /** Added to every colour by its place: cloth and light are never even. */
  readonly unevenness?: number
}

export function drawPhoto({
  width = 240,
  height = 320,
  garment,
  background,
  unevenness = 0,
}: Drawing): Photo {
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = isGarment((x + 0.5) / width, (y + 0.5) / height) ? garment : background
      const shade = unevenness * Math.sin(x / 7) * Math.cos(y / 11)
      const [red, green, blue] = (colour ?? [0, 0, 0]).map((value) =>
        Math.max(0, Math.min(255, value + shade)),
      )
      pixels.set([red ?? 0, green ?? 0, blue ?? 0, colour === null ? 0 : 255], (y * width + x) * 4)
    }
  return { width, height, pixels }
}
