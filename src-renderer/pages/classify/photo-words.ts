// What is said of photos, in the words that the whole page uses.
import { MAX_BATCH_PHOTOS } from '#shared/contract/photos.ts'
import type { PHOTO_FILTERS, PhotoBatch, PhotoPrediction, PhotoRow } from '#shared/photo-batch.ts'
import { KIND_NAMES, PHOTO_KINDS, PHOTO_LIMITS } from '#shared/photo-files.ts'
import type { VerdictName } from '#shared/verdict.ts'
import type { IconName } from '../../parts/icons.ts'
import { writeCount } from '../../parts/numbers.ts'

export interface BadgeWords {
  readonly word: string
  readonly icon: IconName
  readonly tone: 'calm' | 'accent' | 'good' | 'warn' | 'bad'
}

export const VERDICT_WORDS: Readonly<Record<VerdictName, BadgeWords>> = {
  confident: { word: 'confident', icon: 'check', tone: 'good' },
  unsure: { word: 'unsure', icon: 'question', tone: 'warn' },
  'not-a-garment': { word: 'no garment', icon: 'exclude', tone: 'bad' },
  'white-on-white': { word: 'white on white', icon: 'ring', tone: 'accent' },
}

export const REFUSED_WORDS: BadgeWords = { word: 'refused', icon: 'warning', tone: 'bad' }
export const WAITING_WORDS: BadgeWords = { word: 'waiting', icon: 'clock', tone: 'calm' }

type FilterName = (typeof PHOTO_FILTERS)[number]

export const FILTER_WORDS: Readonly<Record<FilterName, string>> = {
  all: 'All',
  doubtful: 'Doubtful',
  refused: 'Refused',
  disagreeing: 'Disagreeing',
  labelled: 'Labelled',
  corrected: 'By hand',
  wrong: 'Wrong',
}

export function countOf(batch: PhotoBatch, filter: FilterName): number {
  return filter === 'all' ? batch.total : batch[filter]
}

const kinds = PHOTO_KINDS.map((kind) => KIND_NAMES[kind])

/** 'JPEG, PNG, WebP or GIF', and how large. */
export const LIMITS_SENTENCE = `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1) ?? ''}, up to ${PHOTO_LIMITS.bytes / 1024 ** 2} MB and ${Math.floor(PHOTO_LIMITS.pixels / 1e6)} megapixels each, ${writeCount(MAX_BATCH_PHOTOS)} at a time.`

export function writeCountOf(count: number, noun = 'photo'): string {
  return count === 1 ? `one ${noun}` : `${writeCount(count)} ${noun}s`
}

/** How a batch stands, in a sentence. */
export function describeStatus(batch: PhotoBatch): string {
  const { status, activity, total, done, reason } = batch
  const so = `${writeCount(done)} of ${writeCountOf(total)}`
  switch (status) {
    case 'running':
      return activity ?? (total === 0 ? 'Looking for photos' : `${so} answered`)
    case 'completed':
      return `${writeCountOf(total)}${describeFindings(batch)}`
    case 'cancelled':
      return `Cancelled: ${so} answered`
    case 'interrupted':
      return `Interrupted: ${so} answered. ${reason ?? ''}`
    case 'failed':
      return reason ?? `Failed: ${so} answered`
    default:
      return status satisfies never
  }
}

function describeFindings({ doubtful, refused, disagreeing }: PhotoBatch): string {
  const found = [
    ...(doubtful > 0 ? [`${writeCount(doubtful)} doubtful`] : []),
    ...(refused > 0 ? [`${writeCount(refused)} refused`] : []),
    ...(disagreeing > 0 ? [`${writeCount(disagreeing)} where the runs disagree`] : []),
  ]
  return found.length === 0 ? '' : `, ${found.join(', ')}`
}

export function labelOf({ correctedLabel, folderLabel }: PhotoRow): string | null {
  return correctedLabel ?? folderLabel
}

export function disagrees(predictions: readonly PhotoPrediction[]): boolean {
  return predictions.some(({ className }) => className !== predictions[0]?.className)
}

/** The key that gives the class: 1 to 9, then 0; none for those beyond the tenth. */
export function keyOfClass(label: number): string | null {
  return label < 10 ? String((label + 1) % 10) : null
}
