// Photos as the fake host answers them: what is said of each follows from its number.
import { FASHION_CLASS_NAMES } from '#shared/core/datasets/dataset.ts'
import type { JudgingRun, PhotoAnswer, PhotoPrediction, PhotoQuery, PhotoRow } from '#shared/photo-batch.ts'
import { VERDICTS, type Verdict } from '#shared/verdict.ts'

export const CLASSES = FASHION_CLASS_NAMES
/** A JPEG of 8 x 8 pixels. */
export const THUMBNAIL =
  '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8' +
  'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA' +
  '/8QAFQEBAQAAAAAAAAAAAAAAAAAAAQP/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCoCwf/2Q=='
/** Every thirteenth photo is refused, every fifth doubtful, every seventh judged otherwise by a second run. */
export function makeRow(number: number, file: string, judges: readonly JudgingRun[]): PhotoRow {
  const isRefused = number % 13 === 12
  const row = { number, file, folderLabel: null, correctedLabel: null, edited: false }
  if (isRefused) {
    const reason = 'This JPEG file is damaged or broken off. Copy it again, or save it anew.'
    return { ...row, status: 'refused', reason, predictions: [], thumbnail: null, input: null }
  }
  const predictions = judges.map(({ runId }, index) => makePrediction(runId, number, index))
  return {
    ...row,
    status: 'predicted',
    reason: null,
    predictions,
    thumbnail: THUMBNAIL,
    input: drawInput(number),
  }
}

export function makePrediction(runId: string, number: number, place = 0): PhotoPrediction {
  const label = (number + (place > 0 && number % 7 === 6 ? 1 : 0)) % CLASSES.length
  return {
    runId,
    label,
    className: CLASSES[label] ?? '',
    verdict: makeVerdict(number),
  }
}

function makeVerdict(number: number): Verdict {
  const name = number % 5 === 4 ? (VERDICTS[1 + (number % 3)] ?? 'unsure') : 'confident'
  const probability = 0.95 - (number % 5) * 0.1
  return {
    name,
    reason: `Made for a test: ${name}.`,
    probability,
    entropy: 0.2,
    strangeness: 0.5,
    basis: 'validation',
    contrast: 48,
  }
}

export function makeAnswer(
  { runId, classNames }: JudgingRun,
  prediction: PhotoPrediction | undefined,
  image: PhotoAnswer['nearest'][number]['image'],
): PhotoAnswer {
  const first = prediction?.label ?? 0
  const top = Array.from({ length: 5 }, (_, rank) => {
    const label = (first + rank) % classNames.length
    return { label, className: classNames[label] ?? '', probability: rank === 0 ? 0.8 : 0.05 }
  })
  const nearest = Array.from({ length: 5 }, (_, index) => ({
    ...{ index, label: first, className: classNames[first] ?? '', distance: 1 + index, image },
  }))
  return { runId, top, verdict: prediction?.verdict ?? makeVerdict(0), nearest }
}

/** A light square on black, another one for every number. */
export function drawInput(number: number): string {
  const from = 4 + (number % 5)
  const pixels = Array.from({ length: 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor(i / 28)]
    return Math.min(x, y) >= from && Math.max(x, y) < 28 - from ? 200 : 0
  })
  return btoa(String.fromCharCode(...pixels))
}

export function labelOf({ correctedLabel, folderLabel }: PhotoRow): string | null {
  return correctedLabel ?? folderLabel
}

export function passes(row: PhotoRow, filter: PhotoQuery['filter']): boolean {
  const [first, ...others] = row.predictions
  switch (filter) {
    case 'all':
      return true
    case 'doubtful':
      return first !== undefined && first.verdict.name !== 'confident'
    case 'refused':
      return row.status === 'refused'
    case 'disagreeing':
      return others.some(({ className }) => className !== first?.className)
    case 'labelled':
      return labelOf(row) !== null
    case 'corrected':
      return row.correctedLabel !== null
    case 'wrong':
      return (
        first !== undefined && labelOf(row) !== first.className && CLASSES.some((one) => one === labelOf(row))
      )
    default:
      return filter satisfies never
  }
}
