// kill -9 at random times during `atelier train`: nothing that was announced is lost, and a resumed run is byte for
// byte what it would have been.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Random } from '#shared/core/random.ts'
import { randomForTest } from '../main/datasets/random-test.ts'
import { spawnAtelier } from '../main/terminal/command.ts'
import { writePatterns } from '../main/training/patterns.ts'
import { CAN_LIST_PROCESSES, NEEDS_PROCESS_LIST } from '../main/training/processes.ts'
import { patience, trials } from '../trials.ts'
import { endure, type Found, type Kill, lookAtNextStart, type Trial, VICTIMS } from './trial.ts'

const KILLS = trials(40, 500)
/** Trials whose resumed run is killed as well. */
const KILLED_TWICE = 12
const AT_ONCE = 2

const EXPERIMENTS = [
  { name: 'sgd', flags: ['--model', 'mlp', '--hidden-units', '32', '--epochs', '16'] },
  {
    name: 'momentum-dropout-convolutions',
    flags: [
      ...['--model', 'tiny-vgg', '--channels', '2', '--dropout', '0.3', '--momentum', '0.9'],
      ...['--train-images', '200', '--epochs', '5'],
    ],
  },
  {
    name: 'adam',
    flags: [
      '--model',
      'mlp',
      '--hidden-units',
      '32',
      '--optimizer',
      'adam',
      '--learning-rate',
      '0.001',
      '--epochs',
      '12',
    ],
  },
  {
    name: 'adam-dropout-tested',
    flags: [
      ...['--model', 'mlp', '--hidden-units', '32,16', '--dropout', '0.5', '--test-each-epoch'],
      ...['--optimizer', 'adam', '--learning-rate', '0.001', '--epochs', '12'],
    ],
  },
] as const

interface Reference {
  readonly name: string
  readonly train: readonly string[]
  readonly found: Found
  /** From the start of the process to its first word. */
  readonly startMs: number
  /** From there to the end of the last epoch. */
  readonly trainMs: number
}

let parent = ''
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'atelier-endurance-'))
})
afterAll(() => rm(parent, { recursive: true, force: true }))

describe.skipIf(!CAN_LIST_PROCESSES)(`kill -9${NEEDS_PROCESS_LIST}`, () => {
  it(
    `at ${KILLS} random times loses nothing, and resumed runs have the same bytes`,
    patience(KILLS, 14_000),
    async () => {
      const random = randomForTest('kill -9 during training')
      const patterns = await writePatterns(parent)
      const references: Reference[] = []
      await inParallel([...EXPERIMENTS.entries()], async ([index, experiment]) => {
        references[index] = await trainUninterrupted(experiment, patterns)
      })
      const trials = planTrials(references, random)
      const met: string[] = []
      let longestMs = 0
      await inParallel(trials, async ({ trial, reference }) => {
        const { final, kills } = await endure(trial)
        expect(comparable(final)).toEqual(comparable(reference.found))
        met.push(...kills.map((kill) => kill.met))
        longestMs = Math.max(longestMs, ...kills.map((kill) => kill.goneMs))
      })
      tellStatistics(met, longestMs)
      expect(met).toHaveLength(KILLS)
      expect(met.filter((what) => !what.endsWith('after the end')).length).toBeGreaterThan(KILLS / 4)
    },
  )
})

async function trainUninterrupted(
  { name, flags }: (typeof EXPERIMENTS)[number],
  patterns: string,
): Promise<Reference> {
  const home = join(parent, `reference-${name}`)
  const train = ['train', '--data', patterns, '--engine', 'wasm', ...flags]
  const from = performance.now()
  const command = spawnAtelier([...train, '--home', home, '--json'])
  await command.waitFor('"started"')
  const startMs = performance.now() - from
  expect((await command.result).code).toBe(0)
  const found = await lookAtNextStart(home)
  if (found === null) throw new Error('the uninterrupted run was not stored')
  return { name, train, found, startMs, trainMs: found.run.epochs.at(-1)?.elapsedMs ?? 0 }
}

function planTrials(
  references: readonly Reference[],
  random: Random,
): { trial: Trial; reference: Reference }[] {
  let planned = 0
  return Array.from({ length: KILLS - KILLED_TWICE }, (_, index) => {
    const reference = references[index % references.length]
    if (reference === undefined) throw new RangeError('there is no experiment')
    const count = index < KILLED_TWICE ? 2 : 1
    const kills = Array.from({ length: count }, (_, kill) =>
      planKill(planned++, reference, kill === count - 1, random),
    )
    const name = `${index}-${reference.name}`
    return { reference, trial: { name, home: join(parent, name), train: reference.train, kills } }
  })
}

/** One in five while the process and its engine start, the others while it trains; early where a second is to come. */
function planKill(index: number, { startMs, trainMs }: Reference, isLast: boolean, random: Random): Kill {
  const victim = VICTIMS[index % VICTIMS.length] ?? 'both'
  if (index % 5 === 4) return { victim, since: 'process', afterMs: random.uniform(0.3 * startMs, startMs) }
  return { victim, since: 'engine', afterMs: random.uniform(0, (isLast ? 0.8 : 0.4) * trainMs) }
}

/** Everything of a run but its times and its own id. */
function comparable({ run, predictions, checkpoint }: Found) {
  const epochs = run.epochs.map(({ epoch, train, validation, test }) => ({ epoch, train, validation, test }))
  const { status, experiment, evaluation } = run
  return { status, experiment, evaluation, epochs, predictions, checkpoint }
}

/** As many at once as there are cores to work on. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}

function tellStatistics(met: readonly string[], longestMs: number): void {
  const counts = Object.entries(Object.groupBy(met, (what) => what)).map(
    ([what, same]) => `  ${String(same?.length ?? 0).padStart(2)} x ${what}`,
  )
  const orphans = `The longest that a trainer outlived its application: ${Math.round(longestMs)} ms.`
  process.stdout.write([`${met.length} kills:`, ...counts.sort(), orphans, ''].join('\n'))
}
