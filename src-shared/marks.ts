// What a user says of single images: the right label, 'leave it out', a note. Kept apart from the data, by the hash of its
// content. An experiment that uses marks names the set of them that it means, so that it stays the same when marks change.
import { z } from 'zod'
import type { Experiment } from './experiment.ts'
import { imageNumberSchema } from './images.ts'

export const MAX_MARKS = 100_000
export const MAX_NOTE = 2000

const classNumber = z.int().min(0).max(255)

export const markSchema = z.strictObject({
  image: imageNumberSchema,
  /** The right class where the given label is wrong; null where it is not said to be. */
  label: classNumber.nullable(),
  excluded: z.boolean(),
  note: z.string().trim().max(MAX_NOTE),
})
export type Mark = z.infer<typeof markSchema>

/** A mark that says nothing is no mark. */
export function isBlank({ label, excluded, note }: Mark): boolean {
  return label === null && !excluded && note === ''
}

export function unmarked(image: number): Mark {
  return { image, label: null, excluded: false, note: '' }
}

export const marksStateSchema = z.object({
  datasetHash: z.string(),
  /** Ascending by image. */
  marks: z.array(markSchema),
  /** What undoing and redoing would do, in words; null where there is nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
})
export type MarksState = z.infer<typeof marksStateSchema>

/** The marks of the training images that change a training; numbers are ascending. */
export const markSetSchema = z.object({
  excluded: z.array(imageNumberSchema).max(MAX_MARKS),
  corrected: z.array(z.tuple([imageNumberSchema, classNumber])).max(MAX_MARKS),
})
export type MarkSet = z.infer<typeof markSetSchema>

export const MARK_FLAGS = {
  'marked-wrong': 'Marked wrong',
  'marked-excluded': 'Marked excluded',
  noted: 'With a note',
} as const
export type MarkFlag = keyof typeof MARK_FLAGS
export const MARK_FLAG_NAMES = Object.keys(MARK_FLAGS) as readonly MarkFlag[]

export function bearsFlag({ label, excluded, note }: Mark, flag: MarkFlag): boolean {
  switch (flag) {
    case 'marked-wrong':
      return label !== null
    case 'marked-excluded':
      return excluded
    case 'noted':
      return note !== ''
    default:
      return flag satisfies never
  }
}

/** Whether an experiment trains on anything but the data as it is. */
export function usesMarks(experiment: Pick<Experiment, 'withoutExcluded' | 'correctedLabels'>): boolean {
  return experiment.withoutExcluded || experiment.correctedLabels
}

/** @param trainCount images from there on are test images, which training never sees */
export function collectMarkSet(marks: readonly Mark[], trainCount: number): MarkSet {
  const training = marks.filter(({ image }) => image < trainCount).toSorted((a, b) => a.image - b.image)
  return {
    excluded: training.filter(({ excluded }) => excluded).map(({ image }) => image),
    corrected: training.flatMap(({ image, label }): [number, number][] =>
      label === null ? [] : [[image, label]],
    ),
  }
}
