// A trainer process that dies, in whatever way, is the state of one run: told with its cause in three seconds, while the
// application goes on, and the run can be resumed.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patience, trials } from '../../trials.ts'
import { LONG, openTrainingHome } from './training-home.ts'

const HOOK = pathToFileURL(join(import.meta.dirname, 'die-on-signal.ts')).href
const TRIALS = trials(1, 20)
const LIMIT_MS = 3000
/** Enough for a trainer, and soon full. */
const HEAP_MB = 128

const { NODE_OPTIONS = '' } = process.env
beforeAll(
  () =>
    void (process.env['NODE_OPTIONS'] = `${NODE_OPTIONS} --import ${HOOK} --max-old-space-size=${HEAP_MB}`),
)
afterAll(() => void (process.env['NODE_OPTIONS'] = NODE_OPTIONS))

describe.skipIf(process.platform === 'win32')('a trainer that dies', () => {
  it.each([
    ['SIGKILL', 'SIGKILL'],
    ['SIGSEGV', 'SIGSEGV'],
    ['SIGABRT', 'SIGABRT'],
    ['exit', 'exit code 3'],
    ['throw', 'exit code 7'], // the wasm backend throws on what nobody catches
    ['heap', 'SIGABRT'],
  ])(
    `by %s, ${TRIALS} times, interrupts its run with the reason, which can be resumed`,
    patience(TRIALS, 15_000),
    async (death, how) => {
      process.env['ATELIER_TEST_DEATH'] = death
      const home = await openTrainingHome()
      for (let trial = 0; trial < TRIALS; trial++) {
        const firstEpoch = home.next('epoch-completed')
        const execution = await home.train(await home.createRun(LONG))
        await firstEpoch
        const from = performance.now()
        process.kill(execution.trainer.pid ?? 0, 'SIGUSR2')
        const run = await execution.ended
        expect(performance.now() - from).toBeLessThan(LIMIT_MS)
        expect([run.status, run.reason]).toEqual([
          'interrupted',
          `The trainer process ended unexpectedly (${how}); finished epochs are kept.`,
        ])
        const next = home.next('epoch-completed')
        const resumed = await home.train(run)
        expect(await next).toMatchObject({ metrics: { epoch: run.epochs.length + 1 } })
        resumed.interrupt('A test.')
        await resumed.ended
      }
    },
  )
})
