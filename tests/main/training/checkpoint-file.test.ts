import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors } from '#shared/core/safetensors.ts'
import {
  checkpointFileName,
  decodeCheckpoint,
  encodeCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from '#main/training/checkpoint-file.ts'
import { refusal } from '../files/refusal.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { sampleState } from './sample-state.ts'

const CONTEXT = { datasetHash: 'd'.repeat(64), engine: 'wasm' }

let folder = ''
beforeEach(async () => {
  folder = await makeTemporaryFolder()
})

describe('a checkpoint', () => {
  it('comes back bit for bit, with everything that decides how the training goes on', async () => {
    const state = sampleState()
    const record = await writeCheckpoint(folder, state, CONTEXT)
    const read = await readCheckpoint(folder, record)
    expect(read).toEqual(state)
    expect(Object.is(read.parameters[0]?.values[0], -0)).toBe(true)
    expect(record).toMatchObject({ epoch: 2, file: 'epoch-00002.safetensors' })
    expect(await readdir(folder)).toEqual([record.file])
  })

  it('of a state without slots comes back too', async () => {
    const state = { ...sampleState(), slots: [] }
    expect(await readCheckpoint(folder, await writeCheckpoint(folder, state, CONTEXT))).toEqual(state)
  })

  it('has the same bytes for equal states and others for states that differ in anything', () => {
    const bytes = Buffer.from(encodeCheckpoint(sampleState(), CONTEXT))
    expect(bytes.equals(encodeCheckpoint(sampleState(), CONTEXT))).toBe(true)
    const [first, ...others] = sampleState().parameters
    const flipped = {
      ...sampleState(),
      parameters: [{ ...first, values: first?.values.map((x) => -x) }, ...others],
    }
    const different = [
      encodeCheckpoint(sampleState(39), CONTEXT),
      encodeCheckpoint(sampleState(38, 3), CONTEXT),
      encodeCheckpoint(flipped as ReturnType<typeof sampleState>, CONTEXT),
      encodeCheckpoint(sampleState(), { ...CONTEXT, engine: 'cpu' }),
      encodeCheckpoint(sampleState(), { ...CONTEXT, datasetHash: 'e'.repeat(64) }),
    ]
    for (const other of different) expect(bytes.equals(other)).toBe(false)
  })

  it('is a file that any reader of safetensors understands', () => {
    const { metadata, tensors } = decodeSafetensors(encodeCheckpoint(sampleState(), CONTEXT), 'file')
    expect(metadata).toMatchObject({ format: 'atelier-checkpoint', epoch: '2', step: '38', ...CONTEXT })
    expect(tensors.map(({ name }) => name)).toEqual([
      'layer_1.weight',
      'layer_1.bias',
      'layer_1.weight.mean',
      'layer_1.weight.square',
      'layer_1.bias.mean',
      'layer_1.bias.square',
      'random.words',
    ])
  })

  it('replaces an older one of the same epoch', async () => {
    await writeCheckpoint(folder, sampleState(1), CONTEXT)
    const record = await writeCheckpoint(folder, sampleState(2), CONTEXT)
    expect((await readCheckpoint(folder, record)).step).toBe(2)
    expect(await readdir(folder)).toEqual([record.file])
  })

  it('that cannot be written leaves no file and says why', async () => {
    const missing = join(folder, 'missing')
    const path = join(missing, checkpointFileName(2))
    const expected = refusal('not-found', `Could not write ${path}: it does not exist.`)
    await expect(writeCheckpoint(missing, sampleState(), CONTEXT)).rejects.toEqual(expected)
    await mkdir(missing)
    expect(await readdir(missing)).toEqual([])
  })
})

describe('a damaged checkpoint', () => {
  it('that is missing is said to be missing', async () => {
    const record = await writeCheckpoint(folder, sampleState(), CONTEXT)
    await rm(join(folder, record.file))
    const expected = refusal('not-found', 'is missing.')
    await expect(readCheckpoint(folder, record)).rejects.toEqual(expected)
  })

  it.each([
    ['empty', () => new Uint8Array(), /is damaged: it has 0 bytes, expected \d+\.$/],
    ['cut', (bytes: Uint8Array) => bytes.subarray(0, 1000), /it has 1000 bytes, expected \d+\./],
    ['longer', (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.of(0)]), /bytes, expected \d+\./],
    [
      'changed',
      (bytes: Uint8Array) => bytes.with(-1, 77),
      /its checksum is another than the one in the history\./,
    ],
  ])('that is %s is refused with a sentence', async (_, damage, sentence) => {
    const record = await writeCheckpoint(folder, sampleState(), CONTEXT)
    const path = join(folder, record.file)
    await writeFile(path, damage(await readFile(path)))
    const reading = readCheckpoint(folder, record)
    await expect(reading).rejects.toThrow(sentence)
    await expect(reading).rejects.toMatchObject({ code: 'invalid-file' })
  })

  it('is refused wherever a bit is flipped, even where the history has no checksum of it', () => {
    const bytes = encodeCheckpoint(sampleState(), CONTEXT)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (position, bit) => {
        const flipped = bytes.with(position, (bytes[position] ?? 0) ^ (1 << bit))
        expect(() => decodeCheckpoint(flipped, 'the file')).toThrow(/the file/)
      }),
      { numRuns: 300 },
    )
  })

  it('is refused wherever it is cut', () => {
    const bytes = encodeCheckpoint(sampleState(), CONTEXT)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => decodeCheckpoint(bytes.subarray(0, length), 'the file')).toThrow(/the file/)
      }),
      { numRuns: 100 },
    )
  })

  it('of another format or version is not taken for one of ours', () => {
    const { metadata, tensors } = decodeSafetensors(encodeCheckpoint(sampleState(), CONTEXT), 'file')
    for (const change of [{ version: '2' }, { format: 'other' }, { epoch: '-1' }, { step: '' }]) {
      const bytes = encodeSafetensors({ metadata: { ...metadata, ...change }, tensors })
      expect(() => decodeCheckpoint(bytes, 'the file')).toThrow(/not that of a checkpoint of this version/)
    }
  })

  it('is read from the run folder alone, whatever name the history gives', async () => {
    const record = await writeCheckpoint(folder, sampleState(), CONTEXT)
    const outside = { ...record, file: `../${record.file}` }
    await mkdir(join(folder, 'inner'))
    await expect(readCheckpoint(join(folder, 'inner'), outside)).rejects.toMatchObject({ code: 'not-found' })
  })
})
