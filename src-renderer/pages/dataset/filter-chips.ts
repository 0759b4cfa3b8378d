// The parts of a filter as chips: what each says, and what taking it away leaves.
import type { ImageFilter } from '#shared/images.ts'

export interface FilterChip {
  readonly key: string
  readonly name: string
  readonly value: string
  /** What the filter is changed to when the chip goes. */
  readonly without: Partial<ImageFilter>
}

export interface FilterWords {
  readonly nameOfClass: (label: number) => string
  readonly nameOfRun: (runId: string) => string
  readonly nameOfFlag: (flag: string) => string
}

export function listChips(filter: ImageFilter, words: FilterWords): readonly FilterChip[] {
  const { splits, classes, flags, images, prediction } = filter
  const either = (values: readonly string[]): string => values.join(' or ')
  const chip = (key: string, value: string, without: Partial<ImageFilter>, name = key): FilterChip[] =>
    value === '' ? [] : [{ key, name, value, without }]
  const listed = images === null ? '' : `${images.length} listed`
  const chips = [
    ...chip('split', splits.length === 1 ? (splits[0] ?? '') : '', { splits: [] }),
    ...chip('class', either(classes.map(words.nameOfClass)), { classes: [] }),
    ...chip('flag', either(flags.map(words.nameOfFlag)), { flags: [] }),
    ...chip('images', listed, { images: null }),
  ]
  if (prediction === null) return chips
  const { runId, classes: answers, outcome, confidence, differsFrom } = prediction
  const [low, high] = confidence
  const percent = (share: number): string => `${Math.round(share * 100)}`
  return [
    ...chips,
    ...chip('run', words.nameOfRun(runId), { prediction: null }),
    ...chip('answer', either(answers.map(words.nameOfClass)), { prediction: { ...prediction, classes: [] } }),
    ...chip('outcome', outcome ?? '', { prediction: { ...prediction, outcome: null } }, 'answer is'),
    ...chip('confidence', low === 0 && high === 1 ? '' : `${percent(low)} to ${percent(high)} %`, {
      prediction: { ...prediction, confidence: [0, 1] },
    }),
    ...chip(
      'differs',
      differsFrom === null ? '' : words.nameOfRun(differsFrom),
      { prediction: { ...prediction, differsFrom: null } },
      'differs from',
    ),
  ]
}
