// The file beside a run's weights that keeps what was measured with them: its answers on the validation images, and how
// reliable its confidence is. It names the checkpoint, so that a run that was trained further is measured again. It is
// untrusted when it is read back: what does not fit is as if it were not there.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeSafetensors, encodeSafetensors } from '#shared/core/safetensors.ts'
import { type ConfidenceReport, confidenceReportSchema } from '#shared/evaluation.ts'
import { Failure } from '#shared/failure.ts'
import type { CheckpointRecord, SplitPredictions } from '#shared/run.ts'
import { writeFileAtomically } from '../files/atomic-write.ts'
import { errorCode } from '../files/disk-failure.ts'

const FORMAT = 'atelier-confidence'
const VERSION = '1'
const MAX_BYTES = 64 * 1024 * 1024

export interface MeasuredAnswers {
  readonly report: ConfidenceReport
  /** In the order of the validation images. */
  readonly validation: SplitPredictions
}

export function answersFileOf(runFolder: string, { sha256 }: CheckpointRecord): string {
  return join(runFolder, `confidence-${sha256.slice(0, 16)}.safetensors`)
}

export async function writeAnswers(file: string, { report, validation }: MeasuredAnswers): Promise<void> {
  const { labels, probabilities } = validation
  const bytes = encodeSafetensors({
    metadata: { format: FORMAT, version: VERSION, report: JSON.stringify(report) },
    tensors: [
      { name: 'labels', shape: [labels.length], values: Uint32Array.from(labels) },
      { name: 'probabilities', shape: [probabilities.length], values: probabilities },
    ],
  })
  await writeFileAtomically(file, bytes)
}

/** Null where there is none, or none that can be understood: then it is measured again. */
export async function readAnswers(file: string): Promise<MeasuredAnswers | null> {
  const bytes = await readLimited(file)
  if (bytes === null) return null
  try {
    return decode(bytes, file)
  } catch (error) {
    if (error instanceof Failure || error instanceof SyntaxError) return null
    throw error
  }
}

function decode(bytes: Uint8Array, file: string): MeasuredAnswers | null {
  const { metadata, tensors } = decodeSafetensors(bytes, file)
  if (metadata['format'] !== FORMAT || metadata['version'] !== VERSION) return null
  const report = confidenceReportSchema.safeParse(JSON.parse(metadata['report'] ?? 'null')).data
  const [labels, probabilities] = ['labels', 'probabilities'].map(
    (name) => tensors.find((tensor) => tensor.name === name)?.values,
  )
  if (report === undefined || !(labels instanceof Uint32Array) || !(probabilities instanceof Float32Array))
    return null
  const { count } = report.validation
  if (labels.length !== count || probabilities.length !== count) return null
  return { report, validation: { labels: Uint8Array.from(labels), probabilities } }
}

async function readLimited(file: string): Promise<Uint8Array | null> {
  try {
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      return size > MAX_BYTES ? null : new Uint8Array(await handle.readFile())
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}
