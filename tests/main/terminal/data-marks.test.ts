// Marks of single images, in by one command and out by another, as CSV and as JSON.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { writePatterns } from '../training/patterns.ts'
import { atelier, type CommandResult } from './command.ts'

const HEADER = 'split,index,rightLabel,rightClass,excluded,note'
const MARKS = [HEADER, 'train,4,2,Class 2,no,', 'test,7,,,yes,"blurred, and cut off"']

let folder: string
let data: string
beforeEach(async () => {
  folder = await makeTemporaryFolder()
  data = await writePatterns(folder)
})

/** @param home a name; each has marks of its own */
function marks(home: string, ...more: readonly string[]): Promise<CommandResult> {
  return atelier('data', 'marks', '--data', data, '--home', join(folder, home), ...more)
}

async function writeMarks(): Promise<string> {
  const file = join(folder, 'marks.csv')
  await writeFile(file, `${MARKS.join('\n')}\n`)
  return file
}

describe('marks', () => {
  it(
    'are none at first, and those that were taken in come out as they were',
    { timeout: 60_000 },
    async () => {
      expect(await marks('home')).toMatchObject({ code: 0, lines: [HEADER] })
      const took = await marks('home', '--import', await writeMarks())
      expect(took).toMatchObject({ code: 0, lines: [], stderr: 'Took in 2 marks of patterns-1.\n' })
      expect((await marks('home')).lines).toEqual(MARKS)
    },
  )

  it('go into another data folder through a file of JSON', { timeout: 60_000 }, async () => {
    await marks('home', '--import', await writeMarks())
    const file = join(folder, 'marks.json')
    const wrote = await marks('home', '--json', '--to', file)
    expect(wrote).toMatchObject({ code: 0, lines: [], stderr: `Wrote 2 marks to ${file}.\n` })
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      marks: [
        { split: 'train', index: 4, rightLabel: 2, excluded: false },
        { split: 'test', index: 7, rightLabel: null, excluded: true, note: 'blurred, and cut off' },
      ],
    })
    expect(await marks('other', '--import', file)).toMatchObject({ code: 0 })
    expect((await marks('other')).lines).toEqual(MARKS)
  })

  it(
    'of other images, and a file that is not there, are refused and change nothing',
    { timeout: 60_000 },
    async () => {
      await marks('home', '--import', await writeMarks())
      const file = join(folder, 'marks.json')
      await marks('home', '--json', '--to', file)
      data = await writePatterns(folder, 2)
      const foreign = await marks('home', '--import', file)
      expect([foreign.code, foreign.stderr]).toEqual([
        2,
        expect.stringContaining('These marks are of other images'),
      ])
      const missing = await marks('home', '--import', join(folder, 'none.csv'))
      expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('none.csv')])
      expect((await marks('home')).lines).toEqual([HEADER])
    },
  )
})
