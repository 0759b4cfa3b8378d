// Marks as a file that can be read elsewhere and taken in again: CSV for people, JSON for programs. Both name images by split
// and place, and JSON names the data, because numbers of other images mean nothing.
import { z } from 'zod'
import { Failure } from '#shared/failure.ts'
import { IMAGE_SPLITS, imageOfSplit, placeInSplit } from '#shared/images.ts'
import { type Mark, MAX_MARKS, MAX_NOTE } from '#shared/marks.ts'
import { parseJsonOrNull } from '../files/parse-json.ts'
import { decodeCsv, encodeCsv } from './csv.ts'

export interface MarkedImages {
  readonly hash: string
  readonly trainCount: number
  readonly testCount: number
  readonly classNames: readonly string[]
}

const COLUMNS = ['split', 'index', 'rightLabel', 'rightClass', 'excluded', 'note']
const FORMAT = 'atelier-marks-1'

const rowSchema = z.object({
  split: z.enum(IMAGE_SPLITS),
  index: z.int().min(0),
  rightLabel: z.int().min(0).max(255).nullable(),
  excluded: z.boolean(),
  note: z.string().trim().max(MAX_NOTE),
})
type Row = z.infer<typeof rowSchema>
const fileSchema = z.object({
  format: z.literal(FORMAT),
  datasetHash: z.string(),
  marks: z.array(rowSchema).max(MAX_MARKS),
})

export function encodeMarks(marks: readonly Mark[], images: MarkedImages, format: 'csv' | 'json'): string {
  const rows = marks.map(({ image, label, excluded, note }) => ({
    ...placeInSplit(image, images.trainCount),
    rightLabel: label,
    excluded,
    note,
  }))
  if (format === 'json') {
    return `${JSON.stringify({ format: FORMAT, datasetHash: images.hash, marks: rows }, null, 2)}\n`
  }
  const named = rows.map((row) => ({
    ...row,
    rightLabel: row.rightLabel ?? '',
    rightClass: row.rightLabel === null ? '' : (images.classNames[row.rightLabel] ?? ''),
    excluded: row.excluded ? 'yes' : 'no',
  }))
  return `${encodeCsv(COLUMNS, named)}\n`
}

/** @throws Failure 'invalid-file' that names the line at fault, 'conflict' for marks of other data */
export function decodeMarks(text: string, images: MarkedImages): Mark[] {
  const rows = text.trimStart().startsWith('{') ? decodeJson(text, images) : decodeTable(text)
  return rows.map((row, at) => toMark(row, images, at))
}

function decodeJson(text: string, images: MarkedImages): readonly Row[] {
  const file = fileSchema.safeParse(parseJsonOrNull(text))
  if (!file.success) throw unreadable(file.error.issues[0]?.message ?? 'it is something else')
  if (file.data.datasetHash === images.hash) return file.data.marks
  throw new Failure(
    'conflict',
    `These marks are of other images (content ${file.data.datasetHash.slice(0, 12)}, here ` +
      `${images.hash.slice(0, 12)}). Open the dataset that they were made for.`,
  )
}

function decodeTable(text: string): readonly Row[] {
  const lines = decodeCsv(text)
  if (lines.length > MAX_MARKS) throw unreadable(`it has more than ${MAX_MARKS} lines`)
  return lines.map((line, at) => {
    const row = rowSchema.safeParse({
      split: line['split'],
      index: readNumber(line['index']),
      rightLabel: (line['rightLabel'] ?? '') === '' ? null : readNumber(line['rightLabel']),
      excluded: ['yes', 'true', '1'].includes((line['excluded'] ?? '').toLowerCase()),
      note: line['note'] ?? '',
    })
    if (row.success) return row.data
    const [issue] = row.error.issues
    throw unreadable(`line ${at + 2}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  })
}

function readNumber(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text)
}

function toMark({ split, index, rightLabel, excluded, note }: Row, images: MarkedImages, at: number): Mark {
  const { trainCount, testCount, classNames } = images
  const count = split === 'train' ? trainCount : testCount
  if (index >= count)
    throw unreadable(`mark ${at + 1} is of ${split} image ${index}, of which there are ${count}`)
  if (rightLabel !== null && rightLabel >= classNames.length) {
    throw unreadable(`mark ${at + 1} names class ${rightLabel}, of which there are ${classNames.length}`)
  }
  return { image: imageOfSplit(split, index, trainCount), label: rightLabel, excluded, note }
}

function unreadable(reason: string): Failure {
  return new Failure(
    'invalid-file',
    `This is not a file of marks: ${reason}. Expected CSV with the columns ${COLUMNS.join(', ')}, or exported JSON.`,
  )
}
