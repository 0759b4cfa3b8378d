// What a photo may be before anything decodes it. Larger than what phones and shops make, smaller than what hurts.

export const PHOTO_LIMITS = {
  bytes: 64 * 1024 * 1024,
  /** Of the picture as it is stored. */
  pixels: 110_000_000,
  side: 30_000,
  /** An animation is read up to its first picture, but its file has to be looked through. */
  frames: 1000,
} as const

/** A photo that takes longer to decode is refused, and its decoder is ended. */
export const DECODE_LIMIT_MS = 2000
/** Finding the garment in a few hundred pixels a side is our own code and always ends; this is for a machine asleep. */
export const PREPARE_LIMIT_MS = 20_000
