// Images from which little can be learnt: nearly one grey level, hardly any ink, or hardly any variety of grey levels.
import { type ImagePool } from './image-pool.ts'

/** What an image holds. */
export interface Information {
  /** Shannon entropy of its grey levels (Shannon 1948), 0 to 8 bits a pixel. */
  readonly entropy: number
  /** Share of pixels that are clearly not background, 0..1. */
  readonly inkShare: number
  /** Lightest minus darkest grey level, 0..255. */
  readonly contrast: number
}

export type LackOfInformation = 'constant' | 'little-ink' | 'low-entropy'

export interface PoorImage extends Information {
  readonly image: number
  readonly lack: LackOfInformation
  /** 1 for an image of one grey level; constant images are above 0.5, others below. */
  readonly score: number
}

/** Grey levels from here on are ink; what is below is the faint rim of the background. */
export const INK_LEVEL = 32
/** Images with less contrast are constant to the eye. */
export const LEAST_CONTRAST = 32
/** Less than one pixel in twenty-five. */
export const LEAST_INK = 0.04
/** Bits a pixel. */
export const LEAST_ENTROPY = 1

/** Images that lack information, the poorest first. */
export function findPoorImages(pool: ImagePool): PoorImage[] {
  const poor: PoorImage[] = []
  for (let image = 0; image < pool.count; image++) {
    const information = measureInformation(pool, image)
    const lack = judgeInformation(information)
    if (lack === null) continue
    poor.push({ image, lack, score: scorePoverty(information, lack), ...information })
  }
  return poor.sort((a, b) => b.score - a.score || a.image - b.image)
}

/** How far below its limit an image is. */
function scorePoverty({ entropy, inkShare, contrast }: Information, lack: LackOfInformation): number {
  switch (lack) {
    case 'constant':
      return 1 - contrast / LEAST_CONTRAST / 2
    case 'little-ink':
      return (1 - inkShare / LEAST_INK) / 2
    case 'low-entropy':
      return (1 - entropy / LEAST_ENTROPY) / 2
    default:
      return lack satisfies never
  }
}

export function measureInformation({ pixels, size }: ImagePool, image: number): Information {
  const counts = new Uint32Array(256)
  let [darkest, lightest, ink] = [255, 0, 0]
  for (let at = image * size; at < (image + 1) * size; at++) {
    const level = pixels[at] ?? 0
    counts[level] = (counts[level] ?? 0) + 1
    if (level < darkest) darkest = level
    if (level > lightest) lightest = level
    if (level >= INK_LEVEL) ink += 1
  }
  return { entropy: measureEntropy(counts, size), inkShare: ink / size, contrast: lightest - darkest }
}

/** Null for an image that has enough of everything. */
export function judgeInformation({ entropy, inkShare, contrast }: Information): LackOfInformation | null {
  if (contrast < LEAST_CONTRAST) return 'constant'
  if (inkShare < LEAST_INK) return 'little-ink'
  return entropy < LEAST_ENTROPY ? 'low-entropy' : null
}

/** -sum p log2 p */
function measureEntropy(counts: Uint32Array, total: number): number {
  let entropy = 0
  for (const count of counts) if (count > 0) entropy -= (count / total) * Math.log2(count / total)
  return entropy
}
