import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answersFileOf, readAnswers, writeAnswers } from '#main/evaluation/measured-answers.ts'
import { encodeSafetensors } from '#shared/core/safetensors.ts'
import { sampleCheckpoint } from '../store/sample-runs.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { sampleAnswers } from './sample-answers.ts'

const CHECKPOINT = sampleCheckpoint(2)

test('what was measured comes back as it was written', async () => {
  const file = answersFileOf(temporaryHome(), CHECKPOINT)
  await writeAnswers(file, sampleAnswers())
  expect(await readAnswers(file)).toEqual(sampleAnswers())
})

test('the file belongs to one checkpoint alone', () => {
  const other = { ...CHECKPOINT, sha256: 'f'.repeat(64) }
  expect(answersFileOf('/runs/x', CHECKPOINT)).not.toBe(answersFileOf('/runs/x', other))
})

test('where there is none, there is none', async () => {
  expect(await readAnswers(join(temporaryHome(), 'nothing.safetensors'))).toBeNull()
})

const report = JSON.stringify(sampleAnswers().report)
const answersOf = (count: number) => [
  { name: 'labels', shape: [count], values: new Uint32Array(count) },
  { name: 'probabilities', shape: [count], values: new Float32Array(count) },
]
test.each([
  ['of another format', { format: 'atelier-judge', version: '1', report }, answersOf(3)],
  ['of another version', { format: 'atelier-confidence', version: '2', report }, answersOf(3)],
  ['with half a report', { format: 'atelier-confidence', version: '1', report: '{"tem' }, answersOf(3)],
  ['with fewer answers than images', { format: 'atelier-confidence', version: '1', report }, answersOf(2)],
  ['without answers', { format: 'atelier-confidence', version: '1', report }, []],
])('a file %s is measured again', async (_, metadata, tensors) => {
  const file = join(temporaryHome(), 'answers.safetensors')
  await writeFile(file, encodeSafetensors({ metadata, tensors }))
  expect(await readAnswers(file)).toBeNull()
})

test('half a file is measured again', async () => {
  const file = join(temporaryHome(), 'answers.safetensors')
  await writeAnswers(file, sampleAnswers())
  await writeFile(file, (await readFile(file)).subarray(0, -2))
  expect(await readAnswers(file)).toBeNull()
})
