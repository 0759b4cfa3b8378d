import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeClasses } from '../photos/photo-classes.ts'
import { atelier, spawnAtelier } from './command.ts'
import { type Json, makeTrainedHome, NAME, parseLines, QUICK, type TrainedHome } from './trained-home.ts'

let made: TrainedHome
beforeAll(async () => {
  made = await makeTrainedHome()
})

describe('the history', () => {
  it('lists runs as a table and as one JSON object a line', async () => {
    const table = await atelier('runs', '--home', made.home)
    expect(table.lines[0]).toMatch(/^Id +Name +Status +Dataset +Engine +Seed +Epoch/)
    expect(table.lines[1]).toContain(`${made.id}  =HYPERLINK("x")  completed`)
    const [listed] = parseLines(await atelier('runs', '--home', made.home, '--json'))
    expect(listed).toMatchObject({
      id: made.id,
      name: NAME,
      status: 'completed',
      model: 'mlp',
      learningRate: 0.1,
      epochs: 2,
      epoch: 2,
      trainLoss: expect.any(Number) as number,
      evaluation: { split: 'test', accuracy: expect.any(Number) as number },
    })
  })

  it('filters and sorts, also by a key that begins with a dash', async () => {
    expect((await atelier('runs', '--home', made.home, '--status', 'failed', '--json')).lines).toEqual([])
    expect((await atelier('runs', '--home', made.home, '--model', 'mlp', '--json')).lines).toHaveLength(1)
    expect(
      (await atelier('runs', '--home', made.home, '--sort', '-trainLoss', '--limit', '1', '--json')).lines,
    ).toHaveLength(1)
    expect((await atelier('runs', '--home', made.home, '--seed', '1')).stderr).toContain(
      'There is no such run.',
    )
  })

  it('shows a run whole, found by the beginning of its id', async () => {
    const [shown] = parseLines(await atelier('show', made.id.slice(0, 4), '--home', made.home, '--json'))
    expect(shown).toEqual(made.run)
    const { lines } = await atelier('show', made.id, '--home', made.home)
    const text = lines.join('\n')
    for (const part of [
      'Status    completed',
      'mlp (hiddenUnits 16',
      'Engine    wasm',
      'Epoch',
      'Confusion matrix',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('compares runs and says what makes them hard to compare', async () => {
    const other = [
      'train',
      '--home',
      made.home,
      '--data',
      made.patterns,
      ...QUICK,
      '--loss',
      'multi-margin',
      '--json',
    ]
    const { run: second } = parseLines(await atelier(...other)).at(-1) as { run: Json }
    const compared = await atelier('compare', made.id, String(second['id']), '--home', made.home)
    expect(compared.lines.join('\n')).toMatch(/^Loss +cross-entropy +multi-margin$/m)
    expect(compared.lines.join('\n')).not.toContain('Learning rate')
    expect(compared.stderr).toBe('Losses of different kinds do not compare in size.\n')
    const text = compared.lines.join('\n')
    expect(text).toMatch(/^ {2}these two models +baseline +(better|worse|no difference shown)$/m)
    expect(text).toMatch(/^ {2}this setting, over seeds +same setting +too few seeds$/m)
    expect(text).toContain('exact McNemar, two-sided, p')
    const turned = await atelier(
      'compare',
      made.id,
      String(second['id']),
      '--home',
      made.home,
      '--baseline',
      String(second['id']),
    )
    expect(turned.lines.join('\n')).toContain(`Baseline: ${String(second['id'])}`)
    const json = parseLines(
      await atelier('compare', made.id, String(second['id']), '--home', made.home, '--json'),
    )
    expect(json.slice(0, 2).map((one) => one['id'])).toEqual([made.id, second['id']])
    expect(json[2]).toMatchObject({ verdicts: { baseline: made.id, modelCount: 1, settingCount: 0 } })
  })

  it('exports CSV in which a name is never a formula, and JSON as one array', async () => {
    const { lines } = await atelier('export', '--csv', '--home', made.home, '--text', 'HYPERLINK')
    const [header = '', row = ''] = lines
    expect(header.split(',').slice(0, 3)).toEqual(['id', 'name', 'status'])
    expect(header).toContain('trainLoss')
    expect(row.startsWith(`${made.id},"'=HYPERLINK(""x"")",completed,`)).toBe(true)
    expect(lines.join('\n')).not.toMatch(/(^|,)"?[=+@-][^0-9.]/m)
    const json = JSON.parse(
      (await atelier('export', '--json', '--home', made.home)).lines.join('\n'),
    ) as Json[]
    expect(json.map((one) => one['id'])).toContain(made.id)
    const file = join(made.parent, 'runs.csv')
    const written = await atelier('export', '--to', file, '--home', made.home, '--text', 'HYPERLINK')
    expect(written).toMatchObject({ code: 0, lines: [], stderr: `Wrote 1 runs to ${file}.\n` })
    expect(await readFile(file, 'utf8')).toBe(`${lines.join('\n')}\n`)
  })

  it('hides a deleted run and brings it back whole', async () => {
    const deleted = await atelier('delete', made.id, '--home', made.home)
    expect(deleted.lines[0]).toContain(`Bring it back with: atelier restore ${made.id}`)
    expect((await atelier('runs', '--home', made.home, '--text', made.id, '--json')).lines).toEqual([])
    expect(parseLines(await atelier('runs', '--home', made.home, '--deleted', '--json'))).toMatchObject([
      { id: made.id },
    ])
    expect(parseLines(await atelier('restore', made.id, '--home', made.home, '--json'))).toEqual([
      { type: 'restored', id: made.id },
    ])
    expect(parseLines(await atelier('show', made.id, '--home', made.home, '--json'))).toEqual([made.run])
  })

  it('is not spoiled by a reader that leaves early', async () => {
    const command = spawnAtelier(['show', made.id, '--home', made.home])
    command.process.stdout?.destroy()
    expect(await command.result).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('data', () => {
  it('makes a dataset of photos by class, and tells what it left out', async () => {
    const photos = join(made.parent, 'my-photos')
    await writeClasses(photos, ['Cups', 'Spoons'], 5)
    await writeFile(join(photos, 'Cups', 'broken.jpg'), '')
    const folder = ['--home', join(made.parent, 'home-4')]
    const added = await atelier('data', 'add', photos, '--photos', 'colour', ...folder)
    expect(added.lines[0]).toContain('Added my-photos. my-photos: 8 training and 2 test images')
    expect(added.stderr).toContain('Left out my-photos/Cups/broken.jpg: This file is empty.')
    expect((await atelier('data', 'verify', 'my-photos', ...folder)).code).toBe(0)
    const refused = await atelier('data', 'add', photos, '--photos', 'red', ...folder)
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.stderr).toContain('photos: expected grey or colour, found "red".')
  })

  it('lists, adds, verifies and removes datasets', async () => {
    const folder = ['--home', join(made.parent, 'home-3')]
    const listed = parseLines(await atelier('data', 'list', ...folder, '--json'))
    expect(listed.map(({ id: dataset, state }) => [dataset, state])).toEqual([
      ['sketches', 'generated'],
      ['fashion-mnist', 'available'],
    ])
    const added = await atelier('data', 'add', made.patterns, '--id', 'mine', '--name', 'Mine', ...folder)
    expect(added.lines[0]).toContain('Added mine. Mine: 600 training and 200 test images')
    expect((await atelier('data', 'verify', 'mine', ...folder)).lines[0]).toMatch(
      /^mine is as it was installed: [0-9a-f]{64}$/,
    )
    expect((await atelier('data', 'remove', 'mine', ...folder)).lines).toEqual(['Removed mine.'])
    expect((await atelier('data', 'verify', 'mine', ...folder)).code).toBe(2)
  })
})
