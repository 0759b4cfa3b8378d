import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseArguments } from '#main/terminal/parse-command.ts'
import { readSettings } from '#main/terminal/setting-flags.ts'
import { trainVerb } from '#main/terminal/verbs/train.ts'
import { commandWords, writeCommand } from '#shared/command-line.ts'
import { completeExperiment, parseExperiment, type Experiment } from '#shared/experiment.ts'
import { PRESETS } from '#shared/presets.ts'

const FROM_LIBRARY = { engine: 'auto', directory: null } as const

function readBack(words: readonly string[]): Experiment {
  const input = parseArguments(trainVerb, words.slice(2))
  return parseExperiment({ ...readSettings(input), dataset: input.flags['dataset'] })
}

describe('the command that repeats a run', () => {
  it.each(PRESETS.map(({ name, settings }) => [name, settings] as const))(
    'gives %s again',
    (_name, settings) => {
      const experiment = completeExperiment({ dataset: 'fashion-mnist', ...settings }, 60_000)
      expect(readBack(commandWords(experiment, FROM_LIBRARY))).toEqual(experiment)
    },
  )

  it('gives any numbers again, to the last digit', () => {
    const numbers = fc.record({
      learningRate: fc.double({ min: 1e-12, max: 100, noNaN: true }),
      batchSize: fc.integer({ min: 1, max: 8192 }),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      trainImages: fc.option(fc.integer({ min: 1, max: 60_000 })),
      testEachEpoch: fc.boolean(),
      epsilon: fc.double({ min: 1e-30, max: 0.1, noNaN: true }),
    })
    fc.assert(
      fc.property(numbers, ({ epsilon, ...rest }) => {
        const optimizer = { name: 'adam', epsilon } as const
        const model = { name: 'mlp', hiddenUnits: [128, 64], activateLogits: rest.testEachEpoch } as const
        const experiment = parseExperiment({
          dataset: 'sketches',
          validationImages: 7,
          optimizer,
          model,
          ...rest,
        })
        expect(readBack(commandWords(experiment, FROM_LIBRARY))).toEqual(experiment)
      }),
    )
  })

  it('names the folder instead of the dataset, quoted for the shell, and the engine', () => {
    const experiment = parseExperiment({ dataset: 'mine', validationImages: 0 })
    const line = writeCommand(experiment, { engine: 'wasm', directory: "/data/it's here" })
    expect(line).toMatch(/^atelier train --data '\/data\/it'\\''s here' --validation-images 0 /)
    expect(line).toMatch(/ --engine wasm$/)
    expect(line).not.toContain('--dataset')
  })
})
