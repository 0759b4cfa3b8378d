import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireQuiet } from '#main/terminal/paper/time-paper.ts'
import { writePatterns } from '../training/patterns.ts'
import { CAN_LIST_PROCESSES, findMarked, markEnvironment, NEEDS_PROCESS_LIST } from '../training/processes.ts'
import { atelier, spawnAtelier } from './command.ts'
import { type Json, parseLines } from './trained-home.ts'

let parent: string
let patterns: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'atelier-paper-'))
  patterns = await writePatterns(parent)
})
afterAll(() => rm(parent, { recursive: true, force: true }))

/** Four small networks and one TinyVGG, of three epochs each. */
const ROWS = ['ANN.linear', 'ANN.relu-logits', 'ANN.plain', 'ANN.128', 'ANN.tiny-vgg']

const ENDS = new Set(['completed', 'interrupted', 'cancelled', 'failed'])

function words(action: string, home: string, ...more: readonly string[]): string[] {
  const data = ['--data', patterns, '--tables', 'ANN', '--seeds', '1']
  return ['paper', action, '--home', join(parent, home), ...data, ...more]
}

describe('paper run', () => {
  it(
    'goes on after an interruption with what is missing, and trains nothing twice',
    { timeout: 240_000 },
    async () => {
      const run = words('run', 'home-1', '--engine', 'wasm', '--json')
      const first = spawnAtelier(run)
      expect(JSON.parse(await first.waitFor('"type":"cost"'))).toMatchObject({
        ...{ trainings: 5, unknown: 0, engine: 'wasm' },
        milliseconds: expect.any(Number) as number,
      })
      await first.waitFor('"type":"started"', 2)
      first.process.kill('SIGINT')
      const { code, stderr } = await first.result
      expect(code).toBe(130)
      expect(stderr).toContain('The same command goes on with what is missing.')

      const between = parseLines(await atelier(...words('show', 'home-1', '--json')))
      const answered = between.filter(
        ({ type, evidence }) => type === 'row' && (evidence as Json[]).length > 0,
      )
      expect(answered.length).toBeGreaterThan(0)
      expect(answered.length).toBeLessThan(ROWS.length)

      const second = await atelier(...run)
      expect(second).toMatchObject({ code: 0 })
      const runs = parseLines(await atelier('runs', '--home', join(parent, 'home-1'), '--json'))
      expect(runs.map(({ status }) => status)).toEqual(ROWS.map(() => 'completed'))
      expect(runs.map(({ tags }) => tags)).toEqual(ROWS.map(() => ['paper']))

      const third = await atelier(...run)
      expect(third).toMatchObject({ code: 0, lines: [] })
      expect(third.stderr).toContain('Nothing is missing')

      const shown = await atelier(...words('show', 'home-1'))
      expect(shown.lines.join('\n')).toMatch(
        /not on Fashion-MNIST\. Not the paper’s figures\.[^]+Linear \(V0\) +printed +0\.45503/,
      )
      const rows = parseLines(await atelier(...words('show', 'home-1', '--json'))).filter(
        ({ type }) => type === 'row',
      )
      expect(rows.map(({ id, verdict }) => [id, (verdict as Json)['kind']])).toEqual(
        ROWS.map((id) => [id, 'not-compared']),
      )

      const folder = join(parent, 'kept')
      expect(await atelier(...words('export', 'home-1', '--to', folder))).toMatchObject({ code: 0 })
      const kept = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')) as { evidence: Json[] }
      expect(kept.evidence.map(({ rowId }) => rowId)).toEqual(ROWS)
      expect(await readFile(join(folder, 'tables.md'), 'utf8')).toContain('| *Linear (V0)* | printed |')
    },
  )

  it.skipIf(!CAN_LIST_PROCESSES)(
    `tells the death of one training, and has not succeeded then${NEEDS_PROCESS_LIST}`,
    { timeout: 240_000 },
    async () => {
      const mark = randomUUID()
      const run = words('run', 'home-4', '--engine', 'wasm', '--json')
      const command = spawnAtelier(run, markEnvironment(mark))
      await command.waitFor('tiny-vgg') // the last one, whose epochs take long enough
      for (const pid of findMarked(mark)) if (pid !== command.pid) process.kill(pid, 'SIGKILL')
      const { code, lines } = await command.result
      const ends = lines.map((line) => JSON.parse(line) as Json).filter(({ type }) => ENDS.has(String(type)))
      expect(ends.map(({ type }) => type)).toEqual([...ROWS.slice(1).map(() => 'completed'), 'interrupted'])
      expect(code).toBe(1)
    },
  )

  it('tells the cost alone when asked, and trains nothing', { timeout: 120_000 }, async () => {
    const cost = await atelier(...words('cost', 'home-2', '--engine', 'wasm'))
    expect(cost).toMatchObject({ code: 0, lines: [] })
    expect(cost.stderr).toMatch(
      /5 trainings are missing, 15 epochs in all: about [\d:]+ with wasm, measured on this machine/,
    )
    expect((await atelier('runs', '--home', join(parent, 'home-2'), '--json')).lines).toEqual([])
  })
})

describe('paper', () => {
  it('refuses what it does not know, and says what there is', async () => {
    const home = ['--home', join(parent, 'home-3')]
    const refusal = async (...given: readonly string[]): Promise<string> => {
      const { code, stderr } = await atelier('paper', ...given, ...home)
      expect(code).toBe(2)
      return stderr
    }
    expect(await refusal('print')).toContain('Choose one of: run, cost, show, export, time.')
    expect(await refusal('show', '--tables', 'VII')).toContain('Choose from: I, II, III, IV, V, VI, ANN.')
    expect(await refusal('run', '--seeds', '0')).toContain(
      '--seeds is a number of seeds from 1 to 20, found 0.',
    )
    expect(await refusal('run', '--data', patterns, '--threads', '99')).toMatch(
      /--threads wants 1 to \d+ or automatic, found "99"/,
    )
  })

  it('without Fashion-MNIST says how to get it, or what to use instead', async () => {
    const { code, stderr } = await atelier('paper', 'run', '--home', join(parent, 'home-3'))
    expect(code).toBe(2)
    expect(stderr).toContain('atelier data download fashion-mnist')
    expect(stderr).toContain('--dataset sketches')
  })
})

describe('paper time', () => {
  it('wants a quiet machine', () => {
    expect(() => requireQuiet(0.5)).not.toThrow()
    expect(() => requireQuiet(0.51)).toThrow(/busy: a load of 0\.51 .+ try again/)
  })
})
