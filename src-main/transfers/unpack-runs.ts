// Reads a file of runs as if it came from a stranger: limits before anything is unpacked, then form, then whether the parts
// of each run agree, down to the single weights. Nothing is stored here.
import { createHash } from 'node:crypto'
import { MAX_PACKED_RUNS } from '#shared/contract/transfers.ts'
import { Failure } from '#shared/failure.ts'
import { checkPackedRun, type PackedRun, packedRunSchema } from '#shared/packed-run.ts'
import { parseExperiment } from '#shared/experiment.ts'
import type { CheckpointRecord, Run } from '#shared/run.ts'
import { unpackZip, type ZipLimits } from '../exports/zip.ts'
import { namePhotoSet, type NamedPhotoSet } from '../store/adaptations.ts'
import type { WholeRun } from '../store/import-run.ts'
import { nameMarkSet, type NamedMarkSet } from '../store/mark-sets.ts'
import { checkpointFileName, decodeCheckpoint } from '../training/checkpoint-file.ts'
import { PACKED_NAME, RUN_RECORD, WEIGHTS_FILE } from './packed-names.ts'

/** A file of runs is refused beyond this, before it is read. */
export const MAX_PACKED_BYTES = 512 * 2 ** 20

const LIMITS: ZipLimits = {
  entries: 2 * MAX_PACKED_RUNS,
  entryBytes: 256 * 2 ** 20,
  bytes: 2 ** 30,
  names: PACKED_NAME,
}
/** Of a photo as a network sees it. */
const INPUT_BYTES = 28 * 28

/** A run and the bytes of its newest weights, null where it has none. */
export interface UnpackedRun {
  readonly whole: WholeRun
  readonly weights: Uint8Array | null
}

/**
 * @param name of the file, for messages
 * @throws Failure 'invalid-file' that says what does not fit
 */
export async function unpackRuns(bytes: Uint8Array, name: string): Promise<readonly UnpackedRun[]> {
  const files = await unpackZip(bytes, name, LIMITS)
  const ids = new Set([...files.keys()].map((file) => file.split('/')[0] ?? ''))
  if (ids.size === 0)
    throw new Failure('invalid-file', `${name} holds no runs. Choose a file that Atelier exported.`)
  return [...ids].map((id) => {
    const record = files.get(`${id}/${RUN_RECORD}`)
    if (record === undefined) throw refuse(name, id, `its ${RUN_RECORD} is missing`)
    const packed = parseRecord(record, name, id)
    return unpackRun(packed, files.get(`${id}/${WEIGHTS_FILE}`) ?? null, name)
  })
}

function parseRecord(bytes: Uint8Array, name: string, id: string): PackedRun {
  const parsed = packedRunSchema.safeParse(readJson(bytes, name, id))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.join('.') ?? ''
    throw refuse(
      name,
      id,
      `${place === '' ? 'the record' : place}: ${issue?.message ?? 'it is something else'}`,
    )
  }
  if (parsed.data.run.id !== id) throw refuse(name, id, `its record is of the run ${parsed.data.run.id}`)
  return parsed.data
}

function readJson(bytes: Uint8Array, name: string, id: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw refuse(name, id, `its ${RUN_RECORD} is not JSON`, error)
  }
}

function unpackRun(packed: PackedRun, weights: Uint8Array | null, name: string): UnpackedRun {
  checkPackedRun(packed)
  const { run, curve, log, gain, predictions } = packed
  const checkpoint = checkWeights(packed, weights, name)
  const whole: WholeRun = {
    run: { ...run, experiment: parseExperiment(run.experiment) },
    curve,
    log,
    checkpoint,
    predictions:
      predictions === null
        ? null
        : {
            labels: Uint8Array.from(predictions.labels),
            probabilities: Float32Array.from(predictions.probabilities),
          },
    markSet: readMarkSet(packed, name),
    photoSet: readPhotoSet(packed, name),
    gain,
  }
  return { whole, weights }
}

/** The weights are those of the record, whole, finite, and as many as the run says. */
function checkWeights(
  { run, checkpoint }: PackedRun,
  weights: Uint8Array | null,
  name: string,
): CheckpointRecord | null {
  if ((checkpoint === null) !== (weights === null))
    throw refuse(name, run.id, 'it has only one of weights and their record')
  if (checkpoint === null || weights === null) return null
  const digest = createHash('sha256').update(weights).digest('hex')
  if (digest !== checkpoint.sha256 || weights.length !== checkpoint.bytes)
    throw refuse(name, run.id, 'its weights are not those of the record')
  const { epoch, parameters } = decodeCheckpoint(weights, `${run.id}/${WEIGHTS_FILE} in ${name}`)
  const count = parameters.reduce((total, { values }) => total + values.length, 0)
  if (epoch !== checkpoint.epoch || count !== run.parameters)
    throw refuse(
      name,
      run.id,
      `its weights are ${count} numbers of epoch ${epoch}, expected ${run.parameters}`,
    )
  if (!parameters.every(({ values }) => values.every(Number.isFinite)))
    throw refuse(name, run.id, 'its weights are not all finite')
  return { ...checkpoint, file: checkpointFileName(epoch) }
}

function readMarkSet({ run, markSet }: PackedRun, name: string): NamedMarkSet | null {
  requireSet(run, markSet !== null, run.experiment.marks !== 'present', 'marks', name)
  if (markSet === null) return null
  const named = nameMarkSet(markSet.set, run.dataset.hash)
  if (named.hash !== markSet.hash || markSet.datasetHash !== run.dataset.hash)
    throw refuse(name, run.id, 'its set of marks is not what its name says')
  return named
}

function readPhotoSet({ run, photoSet }: PackedRun, name: string): NamedPhotoSet | null {
  requireSet(run, photoSet !== null, run.experiment.adaptation !== null, 'photos', name)
  if (photoSet === null) return null
  const labels = new Uint8Array(Buffer.from(photoSet.labels, 'base64'))
  const inputs = new Uint8Array(Buffer.from(photoSet.inputs, 'base64'))
  const named = namePhotoSet({ inputs, labels })
  const classes = run.dataset.classNames.length
  if (named.hash !== photoSet.hash || inputs.length !== INPUT_BYTES * labels.length)
    throw refuse(name, run.id, 'its photos are not what their name says')
  if (!labels.every((label) => label < classes))
    throw refuse(name, run.id, 'its photos have labels of other classes')
  return named
}

function requireSet(run: Run, isThere: boolean, isNamed: boolean, what: string, name: string): void {
  if (isThere !== isNamed) throw refuse(name, run.id, `its ${what} are ${isThere ? 'not named' : 'missing'}`)
}

function refuse(name: string, id: string, fault: string, cause?: unknown): Failure {
  return new Failure(
    'invalid-file',
    `The run ${id} in ${name} cannot be taken in: ${fault}. Nothing was changed; export it again where it comes from.`,
    { cause },
  )
}
