// The verb as a user runs it, on runs of a real history.
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { atelier } from './command.ts'
import { makeTrainedHome, parseLines, QUICK, type TrainedHome } from './trained-home.ts'

let trained: TrainedHome
let other = ''
beforeAll(async () => {
  trained = await makeTrainedHome()
  const words = ['--home', trained.home, '--data', trained.patterns, ...QUICK, '--seed', '7', '--json']
  const { run } = parseLines(await atelier('train', ...words)).at(-1) as { run: { id: string } }
  other = run.id
})

describe('atelier report', () => {
  it('writes runs side by side as one HTML file, with each table as CSV and LaTeX', async () => {
    const folder = join(trained.parent, 'report')
    const result = await atelier('report', trained.id, other, '--home', trained.home, '--to', folder)
    expect(result).toMatchObject({ code: 0, stderr: '' })
    const names = await readdir(folder)
    expect(names).toEqual(expect.arrayContaining(['report.html', 'table-01.csv', 'table-01.tex']))
    const html = await readFile(join(folder, 'report.html'), 'utf8')
    expect(html).toContain('=HYPERLINK(&quot;x&quot;)')
    expect(html).toContain('These two models:')
    expect(html).toContain('atelier train')
    expect(html).toContain('exact McNemar')
    const csv = await readFile(join(folder, 'table-01.csv'), 'utf8')
    expect(csv).toContain('Test accuracy')
    expect(csv).not.toMatch(/(^|,)=/m)
  })

  it('refuses one run alone, and ids beside --paper', async () => {
    expect(await atelier('report', trained.id, '--home', trained.home)).toMatchObject({ code: 2 })
    const both = await atelier('report', trained.id, '--paper', '--home', trained.home)
    expect(both.code).toBe(2)
    expect(both.stderr).toContain('Give run ids or --paper, not both.')
  })
})
