// A checkpoint: one safetensors file with weights, optimizer slots, generator and position, and a checksum over all
// of it. It is whole or it is not there; two equal states give two equal files.
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '#shared/core/safetensors.ts'
import type { TrainingState } from '#shared/core/training/training-state.ts'
import { Failure } from '#shared/failure.ts'
import type { CheckpointRecord } from '#shared/run.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'

const FORMAT = 'atelier-checkpoint'
const VERSION = '1'
const MAX_BYTES = 1_000_000_000
const RANDOM_WORDS = 'random.words'

/** What the numbers stand for beside the tensors. */
export interface CheckpointContext {
  readonly datasetHash: string
  readonly engine: string
}

const count = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number)
const metadataSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  layout: z.string(),
  datasetHash: z.string(),
  engine: z.string(),
  epoch: count,
  step: count,
  randomPosition: count,
  parameterCount: count,
  sha256: z.string(),
})

export function checkpointFileName(epoch: number): string {
  return `epoch-${String(epoch).padStart(5, '0')}.safetensors`
}

/** Writes, syncs and renames; when this returns, the file is on the disk. */
export async function writeCheckpoint(
  folder: string,
  state: TrainingState,
  context: CheckpointContext,
): Promise<CheckpointRecord> {
  const bytes = encodeCheckpoint(state, context)
  const file = checkpointFileName(state.epoch)
  await writeFileAtomically(join(folder, file), bytes)
  return { epoch: state.epoch, file, sha256: sha256(bytes), bytes: bytes.length }
}

/**
 * Reads a checkpoint that the history names.
 * @throws Failure 'invalid-file' when it is not the file that was written
 */
export async function readCheckpoint(folder: string, record: CheckpointRecord): Promise<TrainingState> {
  const path = join(folder, basename(record.file))
  const { size } = await stat(path).catch((error: unknown) => {
    throw new Failure('not-found', `The checkpoint ${path} is missing.`, {
      cause: error,
    })
  })
  if (size !== record.bytes || size > MAX_BYTES) {
    throw damaged(path, `it has ${size} bytes, expected ${record.bytes}`)
  }
  const bytes = await readFile(path)
  if (sha256(bytes) !== record.sha256)
    throw damaged(path, 'its checksum is another than the one in the history')
  return decodeCheckpoint(bytes, path)
}

/** The file's bytes; the checksum in the metadata is over the same file with the checksum left empty. */
export function encodeCheckpoint(state: TrainingState, context: CheckpointContext): Uint8Array {
  const tensors: NamedTensor[] = [
    ...state.parameters,
    ...state.slots,
    { name: RANDOM_WORDS, shape: [state.random.words.length], values: state.random.words },
  ]
  const metadata = {
    format: FORMAT,
    version: VERSION,
    layout: 'convolutions HWIO, dense [in, out] over height, width, channels',
    ...context,
    epoch: String(state.epoch),
    step: String(state.step),
    randomPosition: String(state.random.position),
    parameterCount: String(state.parameters.length),
    sha256: '',
  }
  const checksum = sha256(encodeSafetensors({ metadata, tensors }))
  return encodeSafetensors({ metadata: { ...metadata, sha256: checksum }, tensors })
}

/** @throws Failure 'invalid-file' when the content or its checksum is not right */
export function decodeCheckpoint(bytes: Uint8Array, path: string): TrainingState {
  const { metadata, tensors } = decodeSafetensors(bytes, path)
  const known = metadataSchema.safeParse(metadata)
  if (!known.success) throw damaged(path, 'its metadata is not that of a checkpoint of this version')
  const unsigned = encodeSafetensors({ metadata: { ...metadata, sha256: '' }, tensors })
  if (sha256(unsigned) !== known.data.sha256) throw damaged(path, 'its checksum does not fit its content')
  return toState(known.data, tensors, path)
}

function toState(
  metadata: z.infer<typeof metadataSchema>,
  tensors: readonly NamedTensor[],
  path: string,
): TrainingState {
  const words = tensors.find((tensor) => tensor.name === RANDOM_WORDS)?.values
  const learned = tensors.flatMap(({ name, shape, values }) =>
    values instanceof Float32Array ? [{ name, shape, values }] : [],
  )
  if (!(words instanceof Uint32Array) || learned.length < metadata.parameterCount) {
    throw damaged(path, 'tensors are missing')
  }
  return {
    epoch: metadata.epoch,
    step: metadata.step,
    random: { words, position: metadata.randomPosition },
    parameters: learned.slice(0, metadata.parameterCount),
    slots: learned.slice(metadata.parameterCount),
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function damaged(path: string, reason: string): Failure {
  return new Failure('invalid-file', `The checkpoint ${path} is damaged: ${reason}.`)
}
