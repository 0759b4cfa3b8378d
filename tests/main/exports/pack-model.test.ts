import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { nameRunFile, packModel } from '#main/exports/pack-model.ts'

const file = (name: string, ...bytes: number[]) => ({ name, bytes: Uint8Array.from(bytes) })

describe('a packed model', () => {
  it('is the file itself where there is one', () => {
    expect(packModel([file('model.onnx', 1, 2)], 'mine')).toEqual(file('mine.onnx', 1, 2))
  })

  it('is an archive with one folder where there are two, the same for the same model', () => {
    const files = [file('model.json', 1), file('weights.bin', 2, 3)]
    const packed = packModel(files, 'mine')
    expect(packed.name).toBe('mine.zip')
    const entries = Object.entries(unzipSync(packed.bytes)).map(([name, bytes]) => [name, [...bytes]])
    expect(entries).toEqual([
      ['mine/model.json', [1]],
      ['mine/weights.bin', [2, 3]],
    ])
    expect(packModel(files, 'mine')).toEqual(packed)
  })

  it.each([
    ['Sommer / Größe: 1', 'atelier-Sommer-Gro-e-1-abcd1234'],
    ['../../etc', 'atelier-etc-abcd1234'],
    ['…', 'atelier-abcd1234'],
    ['x'.repeat(200), `atelier-${'x'.repeat(60)}-abcd1234`],
  ])('takes the name %s to one that every file system takes', (name, expected) => {
    expect(nameRunFile({ id: 'abcd1234', name })).toBe(expected)
  })
})
