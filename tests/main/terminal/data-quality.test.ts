// What `atelier data quality` tells of a dataset in which one fault of each kind was planted.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readIdxFolder } from '#main/datasets/idx-folder.ts'
import { writeQuartet } from '../datasets/small-dataset.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { writePatterns } from '../training/patterns.ts'
import { atelier, type CommandResult } from './command.ts'
import { type Json, parseLines } from './trained-home.ts'

const IMAGE_BYTES = 28 * 28

/** Patterns, in which test image 3 is a copy of training image 4, 9 is called Class 2, and 17 is blank. */
async function writeFaultyPatterns(folder: string): Promise<string> {
  const { train, test, ...form } = await readIdxFolder(await writePatterns(folder), [])
  const labels = train.labels.with(9, 2)
  const pixels = train.pixels.slice().fill(0, 17 * IMAGE_BYTES, 18 * IMAGE_BYTES)
  const tested = test.pixels.slice()
  tested.set(pixels.subarray(4 * IMAGE_BYTES, 5 * IMAGE_BYTES), 3 * IMAGE_BYTES)
  const content = { ...form, train: { ...train, labels, pixels }, test: { ...test, pixels: tested } }
  return writeQuartet(join(folder, 'faulty'), content)
}

it(
  'tells each planted fault once it has looked, and from then on what it has kept',
  { timeout: 240_000 },
  async () => {
    const folder = await makeTemporaryFolder()
    const data = await writeFaultyPatterns(folder)
    const look = (...more: readonly string[]): Promise<CommandResult> =>
      atelier('data', 'quality', '--data', data, '--home', join(folder, 'home'), ...more)

    const looked = await look('--json')
    expect(looked).toMatchObject({ code: 0 })
    const [summary, ...findings] = parseLines(looked)
    expect(summary).toMatchObject({
      ...{ type: 'quality', trainCount: 600, testCount: 200 },
      ...{ duplicates: { found: 1 }, labels: { covered: { train: 600, test: 200 } } },
    })
    const imagesOf = (type: string): unknown[] =>
      findings.filter((finding) => finding['type'] === type).map(({ image }) => image)
    expect(imagesOf('label')).toContain(9)
    expect(imagesOf('poor')).toEqual([17])
    const copies = findings.filter(({ type }) => type === 'duplicates')
    expect(copies).toMatchObject([{ leaks: true }])
    expect((copies[0]?.['members'] as Json[]).map(({ image }) => image)).toEqual([4, 603])

    expect((await look('--json')).lines).toEqual(looked.lines)
    const { lines } = await look('--top', '1')
    const text = lines.join('\n')
    expect(text).toMatch(/^faulty, content [0-9a-f]{12}, looked through /)
    expect(text).toMatch(/^Duplicates: 1, in both splits: 1\n {2}train 4, test 3 {2}/m)
    expect(text).toMatch(/^Likely label errors: \d+\n {2}train 9 {2}/m)
    expect(text).toMatch(/^Little information: 1\n {2}train 17 {2}/m)
    expect(text).toContain(`looked through ${String(summary?.['computedAt'])}`)
  },
)
