// The verb as a user runs it: the files that it writes are opened by what reads them elsewhere.
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as onnx from 'onnxruntime-web'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeSafetensors } from '#shared/core/safetensors.ts'
import { atelier } from './command.ts'
import { makeTrainedHome, parseLines, type TrainedHome } from './trained-home.ts'

let trained: TrainedHome
beforeAll(async () => {
  trained = await makeTrainedHome()
})

const exportModel = (...words: string[]) =>
  atelier('export-model', trained.id, '--home', trained.home, ...words)

describe('atelier export-model', () => {
  it('writes an ONNX file that onnxruntime opens, and says where', async () => {
    const file = join(trained.parent, 'model.onnx')
    const result = await exportModel('--to', file, '--json')
    expect(result.code).toBe(0)
    expect(parseLines(result)).toMatchObject([
      { runId: trained.id, epoch: 2, format: 'onnx', written: [{ file }] },
    ])
    const session = await onnx.InferenceSession.create(await readFile(file))
    expect([session.inputNames, session.outputNames]).toEqual([['images'], ['logits']])
  })

  it('writes a folder for TensorFlow.js and one file for PyTorch', async () => {
    const folder = join(trained.parent, 'web')
    expect(await exportModel('--format', 'tfjs', '--to', folder)).toMatchObject({ code: 0 })
    expect((await readdir(folder)).sort()).toEqual(['model.json', 'weights.bin'])
    const file = join(trained.parent, 'model.safetensors')
    expect(await exportModel('--format', 'safetensors', '--to', file)).toMatchObject({ code: 0 })
    const { metadata } = decodeSafetensors(await readFile(file), file)
    expect(metadata['run']).toBe(trained.id)
  })

  it('refuses a format that it does not know and a run that is not there', async () => {
    const unknown = await exportModel('--format', 'pickle')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('--format pickle is not known: use one of onnx, tfjs, safetensors.')
    const missing = await atelier('export-model', 'zzzzzzzz', '--home', trained.home)
    expect(missing.code).toBe(2)
  })
})
