import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { atelier, spawnAtelier } from './terminal/command.ts'
import {
  type Json,
  LONG,
  makeTrainedHome,
  NAME,
  parseLines,
  QUICK,
  type TrainedHome,
} from './terminal/trained-home.ts'

let made: TrainedHome
beforeAll(async () => {
  made = await makeTrainedHome()
})

describe('train', () => {
  it('prints one JSON object a line: the start, each epoch, and the run as it was stored', () => {
    expect(made.trained).toMatchObject({ code: 0, stderr: '' })
    const objects = parseLines(made.trained)
    expect(objects.map(({ type }) => type)).toEqual([
      'started',
      'epoch-completed',
      'epoch-completed',
      'completed',
    ])
    const number: unknown = expect.any(Number)
    expect(objects[1]).toEqual({
      type: 'epoch-completed',
      epoch: 1,
      trainLoss: number,
      trainAccuracy: number,
      trainCorrect: number,
      trainCount: 550,
      validationLoss: number,
      validationAccuracy: number,
      validationCorrect: number,
      validationCount: 50,
      elapsedMs: number,
      imagesPerSecond: number,
    })
    expect(made.run).toMatchObject({
      status: 'completed',
      name: NAME,
      experiment: { model: { name: 'mlp', hiddenUnits: [16] }, epochs: 2, seed: 42 },
      evaluation: { split: 'test', count: 200, confusionMatrix: { length: 10 } },
    })
    const epochs = made.run['epochs'] as Json[]
    expect(epochs.map((epoch) => ({ type: 'epoch-completed', ...epoch }))).toEqual(objects.slice(1, 3))
  })

  it('that fails says why, prints the run as failed, and ends with exit code 1', async () => {
    const hopeless = ['--loss', 'nll-on-logits', '--learning-rate', '100', '--epochs', '50', '--json']
    const words = [
      'train',
      '--home',
      join(made.parent, 'home-2'),
      '--data',
      made.patterns,
      ...QUICK,
      ...hopeless,
    ]
    const result = await atelier(...words)
    expect(result.code).toBe(1)
    expect(parseLines(result).at(-1)).toMatchObject({
      type: 'failed',
      run: { status: 'failed', evaluation: null },
    })
    expect(result.stderr).toMatch(
      /^Run \w+ has failed\. Training stopped in epoch 1.+ A lower learning rate usually helps/,
    )
  })

  it('with --test-each-epoch has test figures and no validation figures', async () => {
    const words = [
      'train',
      '--home',
      join(made.parent, 'home-2'),
      '--data',
      made.patterns,
      ...QUICK,
      '--test-each-epoch',
      '--json',
    ]
    const [, epoch = {}] = parseLines(await atelier(...words))
    expect(Object.keys(epoch).join(' ')).toBe(
      'type epoch trainLoss trainAccuracy trainCorrect trainCount testLoss testAccuracy testCorrect testCount ' +
        'elapsedMs imagesPerSecond',
    )
    expect(epoch).toMatchObject({ trainCount: 600, testCount: 200 })
  })

  it('prints plain lines, a table, scores and a confusion matrix where stdout is no terminal', async () => {
    const { code, lines, stderr } = await atelier(
      'train',
      '--home',
      join(made.parent, 'home-2'),
      '--data',
      made.patterns,
      ...QUICK,
    )
    const text = lines.join('\n')
    expect(code).toBe(0)
    expect(text).toMatch(/^Epoch 1\/2 {2}train loss \d\.\d{5} accuracy \d+\.\d\d % {2}validation loss/)
    for (const part of ['Confusion matrix', 'Precision', 'Class 9', 'Test: loss', 'Kept as run ']) {
      expect(text).toContain(part)
    }
    expect(`${text}${stderr}`).not.toContain('\u001b')
    expect(stderr).toMatch(/^Run \w+: training mlp with patterns-1 on wasm/)
  })
})

describe('Ctrl-C', () => {
  it('keeps the finished epochs, says how to go on, and resume goes on', async () => {
    const folder = join(made.parent, 'home-5')
    const command = spawnAtelier(['train', '--home', folder, '--data', made.patterns, ...LONG, '--json'])
    await command.waitFor('"epoch":3')
    command.process.kill('SIGINT')
    const { code, stderr, ...result } = await command.result
    const { run: interrupted } = parseLines({ code, stderr, ...result }).at(-1) as { run: Json }
    expect(code).toBe(130)
    expect(interrupted).toMatchObject({
      status: 'interrupted',
      reason: 'It was interrupted in the terminal.',
    })
    const finished = (interrupted['epochs'] as Json[]).length
    expect(finished).toBeGreaterThanOrEqual(3)
    expect(stderr).toContain(
      `Finished epochs: ${finished}. Go on with: atelier resume ${String(interrupted['id'])}`,
    )

    const resumed = spawnAtelier(['resume', String(interrupted['id']), '--home', folder, '--json'])
    const next = JSON.parse(await resumed.waitFor('"epoch-completed"')) as Json
    expect(next['epoch']).toBe(finished + 1)
    resumed.process.kill('SIGTERM')
    expect((await resumed.result).code).toBe(130)
  })
})

describe('two processes on one data folder', () => {
  it('the second may read, and is told who has it when it wants to write', async () => {
    const folder = join(made.parent, 'home-6')
    const first = spawnAtelier(['train', '--home', folder, '--data', made.patterns, ...LONG, '--json'])
    await first.waitFor('"epoch":1')
    const [listed] = parseLines(await atelier('runs', '--home', folder, '--json'))
    expect(listed).toMatchObject({ status: 'running', epoch: expect.any(Number) as number })
    const from = performance.now()
    const second = await atelier('train', '--home', folder, '--data', made.patterns, ...QUICK)
    process.stdout.write(`the second process left after ${Math.round(performance.now() - from)} ms\n`)
    expect({ code: second.code, lines: second.lines }).toEqual({ code: 2, lines: [] })
    expect(second.stderr).toMatch(
      new RegExp(
        `^The data folder .+ is in use by Atelier \\(in a terminal, process ${first.pid}, since .+\\)\\.`,
      ),
    )
    expect(performance.now() - from).toBeLessThan(10_000)
    first.process.kill('SIGINT')
    expect((await first.result).code).toBe(130)
  })
})

describe('help', () => {
  it.each([['help'], ['--help']])('%s lists the verbs', async (word) => {
    const { code, lines, stderr } = await atelier(word)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(lines[0]).toBe('Usage: atelier VERB [flags]')
  })

  it('stands on stderr when no verb was given', async () => {
    const { code, lines, stderr } = await atelier()
    expect({ code, lines }).toEqual({ code: 2, lines: [] })
    expect(stderr).toContain('Usage: atelier VERB [flags]')
  })

  it('of train names every setting', async () => {
    const { code, lines } = await atelier('train', '--help')
    expect(code).toBe(0)
    for (const flag of [
      '--preset',
      '--learning-rate X',
      '--test-each-epoch',
      '--model linear|mlp|tiny-vgg',
      '--data DIR',
    ]) {
      expect(lines.join('\n')).toContain(flag)
    }
  })
})
