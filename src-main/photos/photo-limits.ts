// How long a photo may take. What its file may be is in src-shared/photo-files.ts.

/** A photo that takes longer to decode is refused, and its decoder is ended. */
export const DECODE_LIMIT_MS = 2000
/** Finding the garment in a few hundred pixels a side is our own code and always ends; this is for a machine asleep. */
export const PREPARE_LIMIT_MS = 20_000
