// The installed form of a dataset: a folder with four plain IDX files and dataset.json, which is written last.
// Loading reads 55 MB for Fashion-MNIST and checks form and sizes; only `hashDataset` looks at every pixel.
import { basename, join } from 'node:path'
import { z } from 'zod'
import { encodeIdxImages, encodeIdxLabels } from '#shared/core/datasets/idx.ts'
import type { ImageForm } from '#shared/core/models/layers.ts'
import { describeForm } from '#shared/image-form.ts'
import { groupDigits, invalidFile } from '#shared/core/datasets/invalid-file.ts'
import { photoOriginSchema } from '#shared/photo-dataset.ts'
import { parseJsonOrNull } from '../files/parse-json.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { checkClassNames, checkText } from './class-names.ts'
import type { HashedDataset } from './content-hash.ts'
import { isDatasetId } from './dataset-id.ts'
import { checkLabels, findQuartet, quartetNames, readQuartet } from './quartet.ts'
import { readStart, withFile } from './read-file.ts'

const RECORD_NAME = 'dataset.json'
const MAX_RECORD_BYTES = 256 * 1024
/** What to do about a damaged dataset. */
export const REPAIR = 'Remove the dataset, then add or download it again.'

const datasetRecordSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().refine(isDatasetId),
  name: z.string(),
  /** Of the content, see content-hash.ts. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  classNames: z.array(z.string()),
  height: z.int(),
  width: z.int(),
  channels: z.union([z.literal(1), z.literal(3)]).default(1),
  trainCount: z.int(),
  testCount: z.int(),
  installedAt: z.iso.datetime(),
  /** The folder or address that it came from. */
  source: z.string(),
  /** How it was made of photos; null for one that was not. */
  photos: photoOriginSchema.nullable().default(null),
})
export type DatasetRecord = z.infer<typeof datasetRecordSchema>

/** One of the four files has been written: its name and the bytes on the disk so far, of so many in all. */
export type FileWritten = (file: string, writtenBytes: number, totalBytes: number) => void

/**
 * Writes a dataset and its record into an empty folder and syncs every file.
 * @throws Failure with a sentence when the disk refuses
 */
export async function writeDataset(
  folder: string,
  dataset: HashedDataset,
  origin: Pick<DatasetRecord, 'source' | 'photos'>,
  signal: AbortSignal | undefined,
  onWritten: FileWritten,
): Promise<DatasetRecord> {
  const record = describe(dataset, origin)
  const totalBytes = installedBytes(record)
  let writtenBytes = 0
  for (const [name, encode] of filesOf(dataset)) {
    signal?.throwIfAborted()
    const bytes = encode()
    await writeFileAtomically(join(folder, name), bytes)
    writtenBytes += bytes.length
    onWritten(name, writtenBytes, totalBytes)
  }
  await writeFileAtomically(join(folder, RECORD_NAME), `${JSON.stringify(record, null, 2)}\n`)
  return record
}

/** @throws Failure 'invalid-file' when the folder's record is missing or damaged */
export async function readDatasetRecord(folder: string): Promise<DatasetRecord> {
  const path = join(folder, RECORD_NAME)
  const text = new TextDecoder().decode(await withFile(path, MAX_RECORD_BYTES, readStart))
  const result = datasetRecordSchema.safeParse(parseJsonOrNull(text))
  if (!result.success) {
    const [issue] = result.error.issues
    const found = `${issue?.message ?? 'something else'} (${issue?.path.join('.') ?? ''})`
    throw invalidFile(path, 'the record of an installed dataset', found, REPAIR)
  }
  const record = result.data
  if (record.id !== basename(folder)) {
    throw invalidFile(path, `the id ${basename(folder)}`, record.id, REPAIR)
  }
  checkText(record.name, path)
  checkClassNames(record.classNames, path)
  return record
}

/** @throws Failure 'invalid-file' when a file is damaged or does not fit the record */
export async function loadDataset(folder: string): Promise<HashedDataset> {
  const record = await readDatasetRecord(folder)
  const quartet = await findQuartet(folder)
  const content = await readQuartet(quartet)
  const expected = describeSizes(record, record.trainCount, record.testCount)
  const found = describeSizes(content, content.train.count, content.test.count)
  if (found !== expected) throw invalidFile(folder, expected, found, REPAIR)
  checkLabels(content.train.labels, record.classNames.length, quartet.trainLabels)
  checkLabels(content.test.labels, record.classNames.length, quartet.testLabels)
  const { id, name, classNames, hash } = record
  return { ...content, id, name, generated: false, classNames, hash }
}

/** The bytes that the four files of a dataset take. */
export function installedBytes(record: DatasetRecord): number {
  const { height, width, channels, trainCount, testCount } = record
  const headerBytes = 2 * ((channels === 1 ? 16 : 20) + 8)
  return headerBytes + (trainCount + testCount) * (height * width * channels + 1)
}

function describe(dataset: HashedDataset, origin: Pick<DatasetRecord, 'source' | 'photos'>): DatasetRecord {
  const { id, name, hash, classNames, height, width, channels, train, test } = dataset
  const installedAt = new Date().toISOString()
  const sizes = { height, width, channels, trainCount: train.count, testCount: test.count }
  return { format: 1, id, name, hash, classNames: [...classNames], ...sizes, installedAt, ...origin }
}

/** The names and contents of the four files; each is encoded when its turn comes. */
function filesOf(dataset: HashedDataset): readonly (readonly [string, () => Uint8Array])[] {
  const { height, width, channels, train, test } = dataset
  const names = quartetNames(channels)
  return [
    [names.trainImages, () => encodeIdxImages({ ...train, height, width, channels })],
    [names.trainLabels, () => encodeIdxLabels(train.labels)],
    [names.testImages, () => encodeIdxImages({ ...test, height, width, channels })],
    [names.testLabels, () => encodeIdxLabels(test.labels)],
  ]
}

function describeSizes(form: ImageForm, trainCount: number, testCount: number): string {
  return `${groupDigits(trainCount)} and ${groupDigits(testCount)} images of ${describeForm(form)}`
}
