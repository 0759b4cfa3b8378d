import {
  array,
  assert,
  boolean,
  dictionary,
  float,
  integer,
  property,
  record,
  string,
  uniqueArray,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '#shared/core/safetensors.ts'
import { Failure } from '#shared/failure.ts'

const SMALL = {
  metadata: { format: 'test' },
  tensors: [
    { name: 'weight', shape: [2, 3], values: Float32Array.of(1, -2.5, 0, -0, Infinity, 1e-45) },
    { name: 'words', shape: [2], values: Uint32Array.of(0, 0xffff_ffff) },
    { name: 'scalar', shape: [], values: Float32Array.of(7) },
    { name: 'empty', shape: [0, 4], values: new Float32Array() },
  ],
}

/** A file of any header, of whatever data. */
function fileOf(header: unknown, dataBytes = 0, claimedLength?: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimedLength ?? text.length), true)
  bytes.set(text, 8)
  return bytes
}

const entry = (start: number, end: number, change: object = {}) => ({
  dtype: 'F32',
  shape: [(end - start) / 4],
  data_offsets: [start, end],
  ...change,
})

describe('a file that was written', () => {
  it('reads back as it was, to the bit', () => {
    expect(decodeSafetensors(encodeSafetensors(SMALL), 'a.safetensors')).toEqual(SMALL)
  })

  it('has the length of its header first, then the header, then the values, little-endian', () => {
    const bytes = encodeSafetensors({
      metadata: {},
      tensors: [{ name: 'a', shape: [2], values: Float32Array.of(1, -2) }],
    })
    const header = '{"__metadata__":{},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    const padded = header + ' '.repeat((8 - (header.length % 8)) % 8)
    const values = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]
    expect(Buffer.from(bytes)).toEqual(
      Buffer.concat([
        Buffer.from([padded.length, 0, 0, 0, 0, 0, 0, 0]),
        Buffer.from(padded),
        Buffer.from(values),
      ]),
    )
  })

  it('reads back whatever it holds, and equal content gives equal bytes', () => {
    const words = integer({ min: 0, max: 0xffff_ffff })
    const numbers = array(float(), { maxLength: 6 })
    const name = string({ unit: 'grapheme' }).filter((text) => text !== '__proto__')
    const tensor = record({ name, numbers, words: array(words, { maxLength: 6 }), isReal: boolean() })
    const content = record({
      metadata: dictionary(name, string({ unit: 'grapheme' })),
      tensors: uniqueArray(tensor, { selector: (item) => item.name, maxLength: 5 }),
    }).map(({ metadata, tensors }) => ({
      metadata: { ...metadata },
      tensors: tensors.map((item) => {
        const stored = item.isReal ? Float32Array.from(item.numbers) : Uint32Array.from(item.words)
        return { name: item.name, shape: [stored.length], values: stored }
      }),
    }))
    assert(
      property(content, (written) => {
        const bytes = encodeSafetensors(written)
        const read = decodeSafetensors(bytes, 'any')
        expect(read).toEqual(written)
        expect(encodeSafetensors(read)).toEqual(bytes)
      }),
    )
  })

  it('may lie anywhere in a larger buffer', () => {
    const bytes = encodeSafetensors(SMALL)
    const larger = new Uint8Array(bytes.length + 13)
    larger.set(bytes, 5)
    expect(decodeSafetensors(larger.subarray(5, 5 + bytes.length), 'inside')).toEqual(SMALL)
  })
})

describe('a file of another program', () => {
  it('may name its tensors in any order and leave the metadata out', () => {
    const bytes = fileOf({ second: entry(4, 8), first: entry(0, 4) }, 8)
    expect(decodeSafetensors(bytes, 'a').tensors.map(({ name }) => name)).toEqual(['first', 'second'])
  })
})

describe('a broken file', () => {
  const whole = encodeSafetensors(SMALL)
  const cases: readonly (readonly [what: string, bytes: Uint8Array, sentence: string])[] = [
    ['no bytes', new Uint8Array(), 'it has 0 bytes, fewer than its header needs'],
    ['seven bytes', whole.subarray(0, 7), 'it has 7 bytes, fewer than its header needs'],
    ['a header cut short', whole.subarray(0, 40), 'which it does not have'],
    ['values cut short', whole.subarray(0, -1), 'its tensors take 36 bytes, but 35 are there'],
    ['bytes after the last tensor', fileOf({ a: entry(0, 4) }, 5), 'take 4 bytes, but 5 are there'],
    ['a huge header', fileOf({ a: entry(0, 4) }, 4, 2 ** 40), 'claims 1099511627776 bytes'],
    ['a header above the limit', fileOf(' '.repeat(1_000_001)), 'claims 1000001 bytes'],
    ['a header that is not JSON', fileOf('{"a":'), 'its header is not a JSON object'],
    ['a header that is a list', fileOf('[1]'), 'its header is not a JSON object'],
    [
      'a header that is not UTF-8',
      fileOf({ '?': entry(0, 4) }, 4).map((byte) => (byte === 63 ? 255 : byte)),
      'JSON object',
    ],
    [
      'two tensors on the same bytes',
      fileOf({ a: entry(0, 8), b: entry(4, 12) }, 12),
      'b lies at 4 to 12, expected 8',
    ],
    [
      'a gap between tensors',
      fileOf({ a: entry(0, 4), b: entry(8, 12) }, 12),
      'b lies at 8 to 12, expected 4 to 8',
    ],
    ['a gap at the start', fileOf({ a: entry(4, 8) }, 8), 'a lies at 4 to 8, expected 0 to 4'],
    ['a size that its shape denies', fileOf({ a: entry(0, 8, { shape: [3] }) }, 8), 'expected 0 to 12'],
    ['an end before its start', fileOf({ a: entry(8, 4, { shape: [1] }) }, 8), 'a lies at 8 to 4'],
    [
      'an overflowing shape',
      fileOf({ a: entry(0, 4, { shape: [2 ** 31, 2 ** 31] }) }, 4),
      'a lies at 0 to 4',
    ],
    ['an unknown type', fileOf({ a: entry(0, 4, { dtype: 'F16' }) }, 4), 'in a way that is not understood'],
    ['an unknown key', fileOf({ a: entry(0, 4, { path: '/etc' }) }, 4), 'in a way that is not understood'],
    [
      'a negative side',
      fileOf({ a: entry(0, 4, { shape: [-1, -1] }) }, 4),
      'in a way that is not understood',
    ],
    [
      'half a byte',
      fileOf({ a: entry(0, 4, { data_offsets: [0, 4.5] }) }, 4),
      'in a way that is not understood',
    ],
    ['a tensor that is no object', fileOf({ a: null }), 'in a way that is not understood'],
    ['metadata that is no text', fileOf({ __metadata__: { epoch: 3 } }), 'in a way that is not understood'],
    [
      'the name __proto__',
      fileOf('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4),
      'but 4 are there',
    ],
    [
      'one name for two tensors',
      fileOf(`{"a":${JSON.stringify(entry(0, 4))},"a":${JSON.stringify(entry(4, 8))}}`, 8),
      'a lies at 4 to 8, expected 0 to 4',
    ],
  ]

  it.each(cases)('with %s is refused by name', (_, bytes, sentence) => {
    const message: unknown = expect.stringMatching(
      /^weights\.st is not a safetensors file that can be read: .*\.$/,
    )
    expect(() => decodeSafetensors(bytes, 'weights.st')).toThrow(
      expect.objectContaining({ code: 'invalid-file', message }),
    )
    expect(() => decodeSafetensors(bytes, 'weights.st')).toThrow(sentence)
  })

  it('never does worse than to be refused, whatever was changed in it', () => {
    const change = record({
      at: integer({ min: 0, max: whole.length - 1 }),
      byte: integer({ min: 0, max: 255 }),
    })
    assert(
      property(
        array(change, { minLength: 1, maxLength: 4 }),
        integer({ min: 0, max: 12 }),
        (changes, cut) => {
          const bytes = whole.slice(0, whole.length - cut)
          for (const { at, byte } of changes) bytes[at] = byte
          try {
            const { tensors } = decodeSafetensors(bytes, 'changed')
            expect(tensors.reduce((sum, { values }) => sum + values.byteLength, 0)).toBeLessThanOrEqual(36)
          } catch (error) {
            expect(error).toBeInstanceOf(Failure)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('misuse of the writer', () => {
  const tensor = (name: string, shape = [1]) => ({ name, shape, values: Float32Array.of(1) })

  it.each([
    [
      'one name twice',
      [tensor('a'), tensor('b'), tensor('a')],
      'a tensor cannot be called a: the name is taken',
    ],
    ['the name of the metadata', [tensor('__metadata__')], 'a tensor cannot be called __metadata__'],
    ['the name of all prototypes', [tensor('__proto__')], 'a tensor cannot be called __proto__'],
    ['a shape of other size', [tensor('a', [2, 2])], 'a has 1 values, which do not fill 2 x 2'],
  ])('is refused: %s', (_, tensors, sentence) => {
    expect(() => encodeSafetensors({ metadata: {}, tensors })).toThrow(sentence)
  })
})
