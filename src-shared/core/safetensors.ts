// The safetensors file format: 8 bytes of header length, a JSON header, the tensors' bytes end to end.
// Format: github.com/huggingface/safetensors. Everything that is read is checked before it is used: no gap, no
// overlap, sizes equal to shape times type, the whole file covered.
import { z } from 'zod'
import { Failure } from '../failure.ts'

export interface NamedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array | Uint32Array
}

export interface SafetensorsContent {
  readonly metadata: Readonly<Record<string, string>>
  readonly tensors: readonly NamedTensor[]
}

const LENGTH_BYTES = 8
const MAX_HEADER_BYTES = 1_000_000
const BYTES_PER_VALUE = 4
/** Tensors start at a multiple of this, so that a reader can map them. */
const ALIGNMENT = 8

const tensorHeader = z.strictObject({
  dtype: z.enum(['F32', 'U32']),
  shape: z.array(z.int().min(0).max(0xffff_ffff)).max(8),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
})
const headerSchema = z.record(z.string(), z.unknown())
const metadataSchema = z.record(z.string(), z.string())
type TensorHeader = z.infer<typeof tensorHeader>

/**
 * Tensors in their order, metadata first in the header. Equal content gives equal bytes.
 * @throws RangeError when two tensors share a name, or a shape does not fit its values
 */
export function encodeSafetensors({ metadata, tensors }: SafetensorsContent): Uint8Array {
  checkTensors(tensors)
  const entries = [`"__metadata__":${JSON.stringify(metadata)}`]
  let offset = 0
  for (const { name, shape, values } of tensors) {
    const end = offset + values.byteLength
    const entry = { dtype: dtypeOf(values), shape, data_offsets: [offset, end] }
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`)
    offset = end
  }
  const text = new TextEncoder().encode(padToAlignment(`{${entries.join(',')}}`))
  const bytes = new Uint8Array(LENGTH_BYTES + text.length + offset)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, LENGTH_BYTES)
  writeTensors(new DataView(bytes.buffer, LENGTH_BYTES + text.length), tensors)
  return bytes
}

/**
 * @param name of the file, for messages
 * @throws Failure 'invalid-file' that says what was expected and what was found
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): SafetensorsContent {
  const { header, dataStart } = readHeader(bytes, name)
  const { __metadata__: metadata, ...entries } = header
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, bytes.byteLength - dataStart)
  const parsed = Object.entries(entries)
    .map(([tensor, entry]) => ({ name: tensor, ...parseEntry(tensorHeader, entry, name) }))
    .sort(byPlace)
  checkLayout(parsed, view.byteLength, name)
  return {
    metadata: parseEntry(metadataSchema, metadata ?? {}, name),
    tensors: parsed.map((entry) => ({
      name: entry.name,
      shape: entry.shape,
      values: readValues(view, entry),
    })),
  }
}

function checkTensors(tensors: readonly NamedTensor[]): void {
  const names = new Set(['__metadata__', '__proto__'])
  for (const { name, shape, values } of tensors) {
    if (names.has(name)) throw new RangeError(`a tensor cannot be called ${name}: the name is taken`)
    if (product(shape) !== values.length) {
      throw new RangeError(`${name} has ${values.length} values, which do not fill ${shape.join(' x ')}`)
    }
    names.add(name)
  }
}

function readHeader(bytes: Uint8Array, name: string): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES)
    throw refuse(name, `it has ${bytes.length} bytes, fewer than its header needs`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = Number(view.getBigUint64(0, true))
  const dataStart = LENGTH_BYTES + length
  if (length > MAX_HEADER_BYTES || dataStart > bytes.length) {
    throw refuse(name, `its header claims ${length} bytes, which it does not have or which is too much`)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, dataStart))
    return { header: headerSchema.parse(JSON.parse(text)), dataStart }
  } catch (error) {
    throw refuse(name, 'its header is not a JSON object', error)
  }
}

function parseEntry<T>(schema: z.ZodType<T>, entry: unknown, name: string): T {
  const result = schema.safeParse(entry)
  if (result.success) return result.data
  throw refuse(name, 'its header describes a tensor in a way that is not understood', result.error)
}

/** Every byte belongs to exactly one tensor, in order, and each has as many as its shape and type say. */
function checkLayout(
  entries: readonly (TensorHeader & { name: string })[],
  length: number,
  name: string,
): void {
  let end = 0
  for (const { name: tensor, shape, data_offsets: offsets } of entries) {
    const bytes = product(shape) * BYTES_PER_VALUE
    if (offsets[0] !== end || offsets[1] - offsets[0] !== bytes) {
      throw refuse(
        name,
        `the tensor ${tensor} lies at ${offsets.join(' to ')}, expected ${end} to ${end + bytes}`,
      )
    }
    end = offsets[1]
  }
  if (end !== length) throw refuse(name, `its tensors take ${end} bytes, but ${length} are there`)
}

/** The header may name them in any order; what is empty comes before what begins at the same byte. */
function byPlace({ data_offsets: first }: TensorHeader, { data_offsets: second }: TensorHeader): number {
  return first[0] - second[0] || first[1] - second[1]
}

function product(shape: readonly number[]): number {
  return shape.reduce((count, side) => count * side, 1)
}

function readValues(
  view: DataView,
  { dtype, data_offsets: [start, end] }: TensorHeader,
): NamedTensor['values'] {
  const count = (end - start) / BYTES_PER_VALUE
  return dtype === 'F32'
    ? Float32Array.from({ length: count }, (_, i) => view.getFloat32(start + i * BYTES_PER_VALUE, true))
    : Uint32Array.from({ length: count }, (_, i) => view.getUint32(start + i * BYTES_PER_VALUE, true))
}

function writeTensors(view: DataView, tensors: readonly NamedTensor[]): void {
  let offset = 0
  for (const { values } of tensors) {
    for (const value of values) {
      if (values instanceof Float32Array) view.setFloat32(offset, value, true)
      else view.setUint32(offset, value, true)
      offset += BYTES_PER_VALUE
    }
  }
}

function dtypeOf(values: NamedTensor['values']): TensorHeader['dtype'] {
  return values instanceof Float32Array ? 'F32' : 'U32'
}

/** Spaces at the end of the header, as the format allows. */
function padToAlignment(header: string): string {
  const bytes = new TextEncoder().encode(header).length
  return header + ' '.repeat((ALIGNMENT - (bytes % ALIGNMENT)) % ALIGNMENT)
}

function refuse(name: string, reason: string, cause?: unknown): Failure {
  return new Failure('invalid-file', `${name} is not a safetensors file that can be read: ${reason}.`, {
    cause,
  })
}
