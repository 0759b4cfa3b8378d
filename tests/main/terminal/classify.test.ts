import { copyFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { locateHome } from '#main/home.ts'
import { type AnsweredPhoto, answerPhotos, findJudges } from '#main/terminal/classify-paths.ts'
import { atelier } from './command.ts'
import { makeTrainedHome, parseLines, type TrainedHome } from './trained-home.ts'

const SAMPLES = resolve(import.meta.dirname, '../../../resources/sample-photos')

let made: TrainedHome
let sketches = ''
beforeAll(async () => {
  made = await makeTrainedHome()
  const settings = ['--model', 'mlp', '--epochs', '2', '--train-images', '2000', '--batch-size', '32']
  const words = ['train', '--home', made.home, '--dataset', 'sketches', ...settings, '--engine', 'simd']
  const { run } = parseLines(await atelier(...words, '--json')).at(-1) as { run: { id: string } }
  sketches = run.id
}, 240_000)

it('answers files and folders, a line each; what is no photo is refused and stops nobody', async () => {
  const broken = join(made.parent, 'broken.jpg')
  await writeFile(broken, 'no photo')
  const words = ['classify', join(SAMPLES, 'Dress'), broken, '--run', sketches, '--home', made.home]
  const { code, lines } = await atelier(...words, '--json', '--top', '2')
  expect(code).toBe(0)
  const answers = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(answers).toHaveLength(3)
  expect(answers[0]).toMatchObject({
    ...{ file: expect.stringContaining('drawn-on-white.jpg') as string, status: 'predicted' },
    ...{ label: expect.any(String) as string, probability: expect.any(Number) as number },
    verdict: expect.stringMatching(/^(confident|unsure|not-a-garment|white-on-white)$/) as string,
  })
  expect(answers[0]?.['top']).toHaveLength(2)
  expect(answers[2]).toEqual({
    ...{ file: broken, status: 'refused' },
    reason: expect.stringContaining('This file is text.') as string,
  })
  const table = await atelier(...words)
  expect(table.lines[0]).toMatch(/^File +Label +Probability +Verdict +Others$/)
  expect(table.lines.at(-1)).toMatch(/broken\.jpg: refused\. This file is text\./)
}, 120_000)

it('measures a run on folders of classes, and the gap to its test images', async () => {
  const words = ['photos', 'evaluate', SAMPLES, '--run', sketches, '--home', made.home]
  const [evaluation] = parseLines(await atelier(...words, '--json'))
  expect(evaluation).toMatchObject({
    runId: sketches,
    count: 20,
    leftOut: 0,
    gap: expect.any(Number) as number,
  })
  expect((await atelier(...words)).lines[0]).toMatch(/^Run +Photos +Right +Accuracy/)
}, 120_000)

it('says what is missing, with the exit codes of the other verbs', async () => {
  const home = ['--home', made.home]
  const without = await atelier('classify', SAMPLES, ...home)
  expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('--run ID')])
  const unknown = await atelier('classify', SAMPLES, '--run', 'zzzz', ...home)
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("There is no run 'zzzz'")])
  const nowhere = await atelier('classify', '/no/such/photo.jpg', '--run', sketches, ...home)
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('it does not exist')])
  const many = await atelier('classify', SAMPLES, '--run', sketches, '--top', '9', ...home)
  expect([many.code, many.stderr]).toEqual([2, expect.stringContaining('--top wants 1 to 5')])
}, 120_000)

it('asks several runs side by side, and tells them apart', async () => {
  const runs = `${sketches},${made.id}`
  const words = ['classify', join(SAMPLES, 'Bag/drawn-on-white.jpg'), '--run', runs, '--home', made.home]
  const answers = parseLines(await atelier(...words, '--json'))
  expect(answers.map(({ run }) => run)).toEqual([sketches, made.id])
  expect((await atelier(...words)).lines[0]).toMatch(/^File +Run +Label/)
}, 120_000)

it('tells nothing of the photos that Ctrl-C left over', async () => {
  const dress = join(SAMPLES, 'Dress/drawn-on-white.jpg')
  const photos = Array.from({ length: 40 }, (_, index) => {
    return { path: join(made.parent, `dress ${index}.jpg`), file: `dress ${index}.jpg` }
  })
  for (const { path } of photos) await copyFile(dress, path)
  const end = new AbortController()
  const [say, home] = [() => undefined, locateHome(made.home)]
  const terminal = { print: say, note: say, status: say, json: true }
  const context = { terminal, home, signal: end.signal }
  const { sources } = await findJudges({ positionals: [], flags: { run: sketches } }, context)
  const told: AnsweredPhoto[] = []
  const answered = answerPhotos(photos, sources, context, (photo) => {
    told.push(photo)
    if (told.length === 3) end.abort()
  })
  await expect(answered).rejects.toMatchObject({ code: 'cancelled', message: 'Cancelled.' })
  expect(told.map(({ status }) => status)).toEqual(['predicted', 'predicted', 'predicted'])
}, 120_000)
