import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '#main/store/open-store.ts'
import { sampleRun } from '../store/sample-runs.ts'
import { atelier } from './command.ts'
import { makeTrainedHome, type TrainedHome } from './trained-home.ts'

let made: TrainedHome
beforeAll(async () => {
  made = await makeTrainedHome()
})

describe('what cannot be', () => {
  const train = ['train', '--data', 'PATTERNS']
  it.each([
    [[...train, '--model', 'vgg'], '--model wants linear or mlp or tiny-vgg, found "vgg".'],
    [[...train, '--epochs', '0'], 'epochs: '],
    [[...train, '--epochs', '2.5'], '--epochs wants a whole number, found "2.5".'],
    [[...train, '--learning-rate', 'abc'], '--learning-rate wants a number, found "abc".'],
    [[...train, '--learning-rate', '-1'], 'learningRate: '],
    [[...train, '--colour', 'red'], `Unknown option '--colour'.`],
    [[...train, '--channels', '4', '--model', 'linear'], '--channels is a setting of tiny-vgg'],
    [[...train, '--engine', 'abacus'], 'There is no engine abacus.'],
    [[...train, '--validation-images', '600'], 'The dataset has 600 training images: it cannot hold out 600'],
    [[...train, '--kernel-size', '11', '--padding', 'valid', '--blocks', '4'], ''],
    [['train', '--data', 'PATTERNS/nowhere'], 'it does not exist'],
    [['train', '--data', 'EMPTY'], 'expected the four files train-images-idx3-ubyte'],
    [['train', '--dataset', 'cifar'], 'There is no dataset "cifar" on this machine.'],
    [['train', 'sketches'], '"train" takes flags only, found "sketches".'],
    [['show', 'nobody'], `There is no run 'nobody'.`],
    [['resume', 'nobody'], `There is no run 'nobody'.`],
    [['resume', 'COMPLETED'], 'is completed: there is nothing to go on with.'],
    [['show'], 'Give exactly one run id, found 0.'],
    [['compare', 'COMPLETED'], 'Give at least 2 run ids, found 1.'],
    [['delete', 'COMPLETED', 'nobody'], `There is no run 'nobody'.`],
    [['runs', '--limit', 'few'], '--limit wants a number, found "few".'],
    [['export', '--to', 'EMPTY/none/file'], 'Could not write'],
    [['report', 'COMPLETED', 'COMPLETED', '--to', 'FILE'], 'there is a file of that name already.'],
    [['export-model', 'COMPLETED', '--to', 'FILE/model.onnx'], 'Could not make the folder'],
    [['paper', 'export', '--data', 'PATTERNS', '--to', 'FILE'], 'there is a file of that name already.'],
    [['export', '--csv', '--json'], 'Give --csv or --json, not both.'],
    [['evaluate', 'COMPLETED', '--top', '-3'], '--top wants 1 or more, found -3.'],
    [['data', 'quality', 'sketches', '--top', '0'], '--top wants 1 or more, found 0.'],
    [
      ['data', 'verify', 'sketches', '--top', '3'],
      '"data verify" does not take --top. Of its own it takes: none.',
    ],
    [['data', 'marks', 'sketches', '--again'], '"data marks" does not take --again.'],
    [['paper', 'show', '--threads', '999'], '"paper show" does not take --threads.'],
    [['paper', 'show', '--to', 'EMPTY'], '"paper show" does not take --to.'],
    [['paper', 'run', '--markdown'], '"paper run" does not take --markdown.'],
    [['paper', 'time', '--threads', '999'], '--threads wants 1 to '],
    [['paper', 'time', '--seeds', '2'], '"paper time" does not take --seeds.'],
    [['report', 'COMPLETED', 'COMPLETED', '--quick'], '"report" does not take --quick.'],
    [['report', '--paper', '--baseline', 'COMPLETED'], '"report --paper" does not take --baseline.'],
    [['data', 'paint'], '"data" cannot "paint".'],
    [['data', 'remove', 'sketches'], 'it cannot be removed.'],
    [['paint'], 'There is no verb "paint". Choose one of: data, train,'],
    [['runs', '--home', ''], 'The data folder has no name'],
  ])('%j is refused with one sentence on stderr and exit code 2', async (words, sentence) => {
    await mkdir(join(made.parent, 'empty'), { recursive: true })
    const real = words.map((word) =>
      word
        .replace('PATTERNS', made.patterns)
        .replace('EMPTY', join(made.parent, 'empty'))
        .replace('FILE', join(made.patterns, 'train-labels-idx1-ubyte'))
        .replace('COMPLETED', made.id),
    )
    const { code, lines, stderr } = await atelier(...real.slice(0, 1), '--home', made.home, ...real.slice(1))
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect({ code, lines }).toEqual({ code: 2, lines: [] })
  })

  it('an id that several runs begin with is refused with their names', async () => {
    const directory = join(made.parent, 'home-4')
    const store = await openStore({ directory })
    const runs = await Promise.all(Array.from({ length: 33 }, () => store.insertRun(sampleRun())))
    store.close()
    const letters = runs.map((one) => one.id.charAt(0)) // of 32 that there are
    const letter = letters.find((one, index) => letters.indexOf(one) !== index) ?? ''
    const { code, lines, stderr } = await atelier('show', letter, '--home', directory)
    expect({ code, lines }).toEqual({ code: 2, lines: [] })
    expect(stderr).toMatch(
      new RegExp(`^Several runs begin with '${letter}': ${letter}\\w{7} \\(A run\\), .+ Give more letters`),
    )
  })

  it('a folder without a history is no fault: there is nothing to list yet', async () => {
    const { code, lines, stderr } = await atelier('runs', '--home', join(made.parent, 'home-7'))
    expect({ code, lines }).toEqual({ code: 0, lines: [] })
    expect(stderr).toBe('There is no such run. Train one with: atelier train\n')
  })
})
