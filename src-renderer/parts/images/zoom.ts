// How large images are drawn: a whole number of screen pixels for each of theirs, so that pixels stay crisp.

/** Screen pixels for a pixel of the image, from thumbnails to large tiles. */
export const MIN_ZOOM = 1
export const USUAL_ZOOM = 2
const MAX_TILE = 320

/** The largest zoom that suits images of a size. */
export function maxZoom(side: number): number {
  return Math.max(2, Math.floor(MAX_TILE / side))
}

export function limitZoom(zoom: number, side: number): number {
  return Math.max(MIN_ZOOM, Math.min(maxZoom(side), Math.round(zoom)))
}

/** Device pixels for a pixel of the image, on a screen with so many device pixels for each of CSS. */
export function deviceScale(zoom: number, pixelRatio: number): number {
  return Math.max(1, Math.round(zoom * pixelRatio))
}
