// A judge as bytes: a safetensors file of its own beside the run's checkpoints. Equal judges give equal bytes.
import { z } from 'zod'
import { Failure } from '../../../failure.ts'
import { judgeBasisSchema, judgeThresholdsSchema } from '../../../verdict.ts'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '../../safetensors.ts'
import type { Judge } from './judge.ts'
import { LOOK_SIZE } from './look.ts'

const FORMAT = 'atelier-judge'
/** 1 knew a run by images and labels that its marks had left out, and its limits by the first held-out images alone. */
const VERSION = 2

const usual = z.strictObject({ mean: z.number(), deviation: z.number() })
const numbersSchema = z.strictObject({
  version: z.literal(VERSION),
  classes: z.int().min(1).max(256),
  width: z.int().min(1).max(1024),
  height: z.int().min(1).max(1024),
  temperature: z.number().gt(0),
  basis: judgeBasisSchema,
  distance: usual,
  evidence: usual,
  coverage: usual,
  roughness: usual,
  thresholds: judgeThresholdsSchema,
})

export function encodeJudge(judge: Judge): Uint8Array {
  const { ranks, references, ...numbers } = judge
  const { tones, labels, indices } = references
  const tensors: NamedTensor[] = [
    { name: 'ranks', shape: [ranks.length], values: ranks },
    { name: 'indices', shape: [indices.length], values: indices },
    { name: 'labels', shape: [labels.length], values: Uint32Array.from(labels) },
    { name: 'tones', shape: [indices.length, LOOK_SIZE / 4], values: packBytes(tones) },
  ]
  // Through the schema, whose order of keys does not depend on where the judge comes from.
  const text = JSON.stringify(numbersSchema.parse({ version: VERSION, ...numbers }))
  return encodeSafetensors({ metadata: { format: FORMAT, judge: text }, tensors })
}

/**
 * @param name of the file, for messages
 * @throws Failure 'invalid-file' when it is not what encodeJudge wrote
 */
export function decodeJudge(bytes: Uint8Array, name: string): Judge {
  const { metadata, tensors } = decodeSafetensors(bytes, name)
  const find = (wanted: string): NamedTensor['values'] | undefined =>
    tensors.find((tensor) => tensor.name === wanted)?.values
  const [ranks, indices, labels, tones] = ['ranks', 'indices', 'labels', 'tones'].map(find)
  const numbers = numbersSchema.safeParse(parseJson(metadata['judge'] ?? ''))
  const isWhole =
    metadata['format'] === FORMAT &&
    ranks instanceof Float32Array &&
    indices instanceof Uint32Array &&
    labels?.length === indices.length &&
    tones instanceof Uint32Array &&
    tones.length * 4 === indices.length * LOOK_SIZE
  if (!numbers.success || !isWhole)
    throw new Failure('invalid-file', `${name} is not a judge of this version. Delete it: it is made again.`)
  const { version: _, ...rest } = numbers.data
  return {
    ...rest,
    ranks,
    references: { indices, labels: Uint8Array.from(labels), tones: unpackBytes(tones) },
  }
}

/** Four bytes a word, the first one lowest, on any machine. */
function packBytes(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4, true))
}

function unpackBytes(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4)
  const view = new DataView(bytes.buffer)
  words.forEach((word, i) => view.setUint32(i * 4, word, true))
  return bytes
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // refused by the schema
  }
}
