// The rows of the quality board: findings of one kind that pass the filter, and what a mark on a row means.
import type { QualityFindings } from '#shared/contract/quality.ts'
import type { Mark } from '#shared/marks.ts'
import type {
  DuplicateGroup,
  FindingKind,
  LabelFinding,
  OutlierFinding,
  PoorFinding,
} from '#shared/quality.ts'

export type QualityRow = {
  /** Stays the same however the rows are filtered. */
  readonly key: string
  /** What it shows, the image that it is about first. */
  readonly images: readonly number[]
  /** Of these images. */
  readonly labels: readonly number[]
} & (
  | { readonly kind: 'duplicates'; readonly finding: DuplicateGroup }
  | { readonly kind: 'labels'; readonly finding: LabelFinding }
  | { readonly kind: 'outliers'; readonly finding: OutlierFinding }
  | { readonly kind: 'poor'; readonly finding: PoorFinding }
)

export interface RowFilter {
  /** 'both' asks for groups that leak. */
  readonly split: 'all' | 'train' | 'test' | 'both'
  /** The class that the data names; null for any. */
  readonly label: number | null
  readonly marked: 'all' | 'open' | 'marked'
}

export const EVERY_ROW: RowFilter = { split: 'all', label: null, marked: 'all' }

/** In the order of the report: the most severe first. */
export function listRows(findings: QualityFindings, kind: FindingKind): readonly QualityRow[] {
  switch (kind) {
    case 'duplicates':
      return findings.duplicates.map((finding) => {
        const images = finding.members.map(({ image }) => image)
        return {
          kind,
          key: images.join(' '),
          images,
          labels: finding.members.map(({ label }) => label),
          finding,
        }
      })
    case 'labels':
      return findings.labels.map((finding) => single({ kind, finding }, finding.image, finding.given))
    case 'outliers':
      return findings.outliers.map((finding) => single({ kind, finding }, finding.image, finding.label))
    case 'poor':
      return findings.poor.map((finding) => single({ kind, finding }, finding.image, finding.label))
    default:
      return kind satisfies never
  }
}

function single<Part>(part: Part, image: number, label: number) {
  return { ...part, key: String(image), images: [image], labels: [label] }
}

export function filterRows(
  rows: readonly QualityRow[],
  { split, label, marked }: RowFilter,
  trainCount: number,
  isMarked: (image: number) => boolean,
): readonly QualityRow[] {
  return rows.filter((row) => {
    const hasTrain = row.images.some((image) => image < trainCount)
    const hasTest = row.images.some((image) => image >= trainCount)
    if (split === 'train' && !hasTrain) return false
    if ((split === 'test' && !hasTest) || (split === 'both' && !(hasTrain && hasTest))) return false
    if (label !== null && !row.labels.includes(label)) return false
    return marked === 'all' || row.images.some(isMarked) === (marked === 'marked')
  })
}

/**
 * The images that excluding a row leaves out: of a group that leaks its training images, so that the test stays whole;
 * of another group all but the first; otherwise the image itself.
 */
export function imagesToExclude(row: QualityRow, trainCount: number): readonly number[] {
  if (row.kind !== 'duplicates') return row.images
  return row.finding.leaks ? row.images.filter((image) => image < trainCount) : row.images.slice(1)
}

type MarkOf = (image: number) => Mark

/** Marks that exclude the rows, or take that back where all of them are excluded already. */
export function toggleExcluded(rows: readonly QualityRow[], trainCount: number, markOf: MarkOf): Mark[] {
  const marks = unique(rows.flatMap((row) => imagesToExclude(row, trainCount))).map(markOf)
  const excluded = !marks.every((mark) => mark.excluded)
  return marks.map((mark) => ({ ...mark, excluded }))
}

/** Marks that take the suggested labels for right, or take that back where all rows are marked so already. */
export function toggleSuggested(rows: readonly QualityRow[], markOf: MarkOf): Mark[] {
  const suggestions = rows.flatMap((row) =>
    row.kind === 'labels' ? [{ mark: markOf(row.finding.image), label: row.finding.suggested }] : [],
  )
  const isDone = suggestions.every(({ mark, label }) => mark.label === label)
  return suggestions.map(({ mark, label }) => ({ ...mark, label: isDone ? null : label }))
}

/** Marks that say nothing any more, of the images of the rows that are marked. */
export function clearMarks(rows: readonly QualityRow[], isMarked: (image: number) => boolean): Mark[] {
  const images = unique(rows.flatMap(({ images: shown }) => shown)).filter(isMarked)
  return images.map((image) => ({ image, label: null, excluded: false, note: '' }))
}

function unique(images: readonly number[]): number[] {
  return [...new Set(images)]
}
