import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { TrainerReport, TrainingJob } from '#main/training/messages.ts'
import type { TrainerProcess } from '#main/training/spawn-trainer.ts'
import { startTrainer } from '#main/training/trainer.ts'
import { parseExperiment } from '#shared/experiment.ts'
import { Failure } from '#shared/failure.ts'
import { ENGINE, HARDWARE, sampleEvaluation, samplePredictions } from '../store/sample-runs.ts'

const JOB: TrainingJob = {
  experiment: parseExperiment({ dataset: 'sketches', validationImages: 0 }),
  dataset: { id: 'sketches', directory: null, hash: '' },
  datasetsFolder: '',
  runFolder: '',
  engine: 'cpu',
  threads: 'automatic',
  resumeFrom: [],
  marks: null,
  adaptation: null,
}

const STARTED: TrainerReport = { type: 'started', engine: ENGINE, hardware: HARDWARE }
const COMPLETED: TrainerReport = {
  type: 'completed',
  evaluation: sampleEvaluation(10),
  predictions: samplePredictions(10),
}

/** A trainer process that does what the test says. */
class ScriptedProcess implements TrainerProcess {
  readonly pid = 1
  readonly posted: string[] = []
  kills = 0
  say: (message: unknown) => void = () => undefined
  exit: (how: string) => void = () => undefined

  post(message: unknown): void {
    this.posted.push((message as { type: string }).type)
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = listener
  }
  onExit(listener: (how: string) => void): void {
    this.exit = listener
  }
  kill(): void {
    this.kills += 1
    this.exit('SIGKILL')
  }
}

function start(handle: (report: TrainerReport) => Promise<void> = () => Promise.resolve()) {
  const process = new ScriptedProcess()
  return { process, trainer: startTrainer(() => process, JOB, handle) }
}

describe('reports', () => {
  it('are handled one after the other, however long each takes', async () => {
    const handled: string[] = []
    const { process, trainer } = start(async ({ type }) => {
      handled.push(`${type} begins`)
      await delay(type === 'started' ? 30 : 1)
      handled.push(`${type} ends`)
    })
    for (const report of [STARTED, { type: 'paused' }, COMPLETED]) process.say(report)
    process.exit('exit code 0')
    expect(await trainer.ended).toEqual({ type: 'completed' })
    expect(handled).toEqual(
      ['started', 'paused', 'completed'].flatMap((type) => [`${type} begins`, `${type} ends`]),
    )
  })

  it('that come after the end are not handled', async () => {
    const handled: string[] = []
    const { process, trainer } = start(async ({ type }) => {
      await delay(1)
      handled.push(type)
    })
    for (const report of [COMPLETED, STARTED]) process.say(report)
    process.exit('exit code 0')
    await trainer.ended
    expect(handled).toEqual(['completed'])
  })

  it('that cannot be stored end the training with that failure', async () => {
    const { process, trainer } = start(() => Promise.reject(new Failure('unavailable', 'The disk is full.')))
    process.say(STARTED)
    expect(await trainer.ended).toEqual({
      type: 'failed',
      failure: { code: 'unavailable', message: 'The disk is full.' },
    })
    expect(process.kills).toBe(1)
  })

  it('that are not understood end the training as a defect', async () => {
    const { process, trainer } = start()
    process.say({ type: 'nonsense' })
    expect(await trainer.ended).toMatchObject({ type: 'failed', failure: { code: 'internal' } })
    expect(process.kills).toBe(1)
  })
})

describe('the end', () => {
  it('is the failure that the process reported', async () => {
    const { process, trainer } = start()
    const failure = { code: 'diverged', message: 'The loss became NaN.' } as const
    process.say({ type: 'failed', failure })
    process.exit('exit code 0')
    expect(await trainer.ended).toEqual({ type: 'failed', failure })
  })

  it.each(['SIGKILL', 'SIGABRT', 'exit code 134', 'exit code 0'])(
    'by %s without a word is a death',
    async (how) => {
      const { process, trainer } = start()
      process.say(STARTED)
      process.exit(how)
      expect(await trainer.ended).toEqual({ type: 'died', how })
    },
  )
})

describe('commands', () => {
  it('go to the process in the order in which they were given', () => {
    const { process, trainer } = start()
    trainer.pause()
    trainer.resume()
    expect(process.posted).toEqual(['start', 'pause', 'resume'])
  })

  it('cancel lets the process end by itself', async () => {
    const { process, trainer } = start()
    trainer.cancel()
    const failure = {
      code: 'cancelled',
      message: 'The run was cancelled; its finished epochs are kept.',
    } as const
    process.say({ type: 'failed', failure })
    process.exit('exit code 0')
    expect(await trainer.ended).toEqual({ type: 'failed', failure })
    expect([process.posted.at(-1), process.kills]).toEqual(['cancel', 0])
  })

  it('cancel ends a process that does not listen, and the run counts as cancelled', async () => {
    const { process, trainer } = start()
    const from = performance.now()
    trainer.cancel()
    expect(await trainer.ended).toMatchObject({ type: 'failed', failure: { code: 'cancelled' } })
    expect(process.kills).toBe(1)
    expect(performance.now() - from).toBeLessThan(10_000)
  })

  it('kill ends the process at once', async () => {
    const { trainer } = start()
    trainer.kill()
    expect(await trainer.ended).toEqual({ type: 'died', how: 'SIGKILL' })
  })
})
