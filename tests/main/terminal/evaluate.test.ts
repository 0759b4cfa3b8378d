import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { atelier } from './command.ts'
import { makeTrainedHome, parseLines, type TrainedHome } from './trained-home.ts'

let made: TrainedHome
beforeAll(async () => {
  made = await makeTrainedHome()
}, 120_000)

it('a run is evaluated: classes with intervals, confusions, and a temperature that is kept', async () => {
  const words = ['evaluate', made.id, '--home', made.home]
  const [found] = parseLines(await atelier(...words, '--json'))
  expect(found).toMatchObject({ id: made.id, split: 'test', count: 200, obstacle: null })
  const { classes, confidence } = found as {
    classes: { recall: number; intervals: { recall: { low: number; high: number } } }[]
    confidence: { measuredAt: string; temperature: number; test: { count: number } }
  }
  expect(classes).toHaveLength(10)
  for (const { recall, intervals } of classes) {
    expect(intervals.recall.low).toBeLessThanOrEqual(recall)
    expect(intervals.recall.high).toBeGreaterThanOrEqual(recall)
  }
  expect(confidence.test.count).toBe(200)
  const files = readdirSync(join(made.home, 'runs', made.id))
  expect(files.filter((name) => /^confidence-[0-9a-f]{16}\.safetensors$/.test(name))).toHaveLength(1)

  const kept = await atelier(...words, '--top', '3')
  expect([kept.code, kept.lines[0]]).toEqual([0, expect.stringMatching(/of 200 test images right/)])
  expect(kept.lines.find((line) => line.startsWith('Class'))).toMatch(/Precision +95 % +Recall/)
  expect(kept.lines.join('\n')).toContain('it changes confidences and no answer')
  const [same] = parseLines(await atelier(...words, '--json'))
  expect((same as { confidence: object }).confidence).toEqual(confidence)
}, 120_000)

it('a run without validation images is told with its scores and why there is no temperature', async () => {
  const quick = ['--model', 'mlp', '--hidden-units', '8', '--epochs', '1', '--engine', 'wasm']
  const words = ['train', '--home', made.home, '--data', made.patterns, ...quick, '--validation-images', '0']
  const { run } = parseLines(await atelier(...words, '--json')).at(-1) as { run: { id: string } }
  const { code, lines } = await atelier('evaluate', run.id, '--home', made.home)
  expect([code, lines.at(-1)]).toEqual([0, expect.stringMatching(/^No temperature: .*no validation images/)])
}, 120_000)

it('what is no run is refused', async () => {
  const unknown = await atelier('evaluate', 'zzzz', '--home', made.home)
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("There is no run 'zzzz'")])
})
