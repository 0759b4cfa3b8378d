// The automatic choice of an engine, over made-up measurements.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chooseEngine } from '#main/training/choose-engine.ts'
import type { Measuring } from '#main/training/measure-engine.ts'
import { questionSchema, type Answer, type CalibrationJob } from '#shared/training-questions.ts'
import type { SpawnTrainer } from '#main/training/spawn-trainer.ts'
import type { Calibration } from '#shared/calibration.ts'
import type { EngineName } from '#shared/engine.ts'
import { completeExperiment } from '#shared/experiment.ts'
import { describeFailure, Failure } from '#shared/failure.ts'

const job: Omit<CalibrationJob, 'engine'> = {
  experiment: completeExperiment({ dataset: 'sketches' }, 10_000),
  task: { height: 28, width: 28, channels: 1, classes: 10 },
  classNames: [],
  threads: 'automatic',
}

const otherJob = { ...job, experiment: { ...job.experiment, batchSize: 128 } }

const NEVER = new AbortController().signal

const WRONG = new Failure('unavailable', 'The engine webgpu gives other numbers than cpu, so it is not used.')
const FULL = new Failure('internal', 'The memory of 2 GiB is full.')

afterEach(() => void vi.restoreAllMocks())

type Answers = Partial<Record<EngineName, number | Failure>>

/** A machine on which an engine takes so many milliseconds a step, or fails; one that is left out does not start. */
function openMachine(answers: Answers) {
  const asked: string[] = []
  const kept = new Map<string, Calibration>()
  const spawnTrainer: SpawnTrainer = () => {
    const listeners: ((message: unknown) => void)[] = []
    const exits: ((how: string) => void)[] = []
    return {
      pid: undefined,
      post: (message) => {
        const question = questionSchema.parse(message)
        if (question.type !== 'calibrate') throw new Error('only measurements are asked for')
        const { engine } = question.job
        asked.push(engine)
        const answer = answerFor(engine, engine === 'auto' ? undefined : answers[engine])
        queueMicrotask(() => {
          for (const listener of listeners) listener(answer)
          for (const exit of exits) exit('exit code 0')
        })
      },
      onMessage: (listener) => void listeners.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => undefined,
    }
  }
  const store: Measuring['store'] = {
    findCalibration: (key) => Promise.resolve(kept.get(key) ?? null),
    keepCalibration: (key, calibration) => Promise.resolve(void kept.set(key, calibration)),
  }
  return { asked, measuring: { store, spawnTrainer, version: '1.0.0' } }
}

function answerFor(engine: string, stepMs: number | Failure | undefined): Answer {
  if (stepMs === undefined) return { type: 'not-started', reason: 'Not here.' }
  if (stepMs instanceof Failure) return { type: 'failed', failure: describeFailure(stepMs) }
  const description = { backend: engine, versions: {}, threads: null, gpu: null, notice: null }
  return {
    type: 'calibrated',
    engine: { name: engine as EngineName, ...description },
    times: { stepMs, imageMs: 0.1 },
  }
}

describe('the automatic engine', () => {
  it('is the one with the shortest step, whatever its place in the list', async () => {
    const { measuring } = openMachine({ webgpu: 9, simd: 2, native: 12 })
    expect(await chooseEngine(measuring, job, NEVER)).toEqual({
      engine: 'simd',
      reason: 'Automatic engine: simd (webgpu 9.00 ms a step, simd 2.00 ms a step, native 12.00 ms a step).',
    })
  })

  it('is a GPU where that is quicker', async () => {
    const { measuring } = openMachine({ cuda: 1, simd: 2 })
    expect((await chooseEngine(measuring, job, NEVER)).engine).toBe('cuda')
  })

  it('is measured once for a network and batch size, absent engines once a day', async () => {
    const { asked, measuring } = openMachine({ simd: 2 })
    await chooseEngine(measuring, job, NEVER)
    await chooseEngine(measuring, job, NEVER)
    expect(asked).toEqual(['cuda', 'webgpu', 'simd', 'native'])
    await chooseEngine(measuring, otherJob, NEVER)
    expect(asked.slice(4)).toEqual(['simd'])
    await chooseEngine(measuring, { ...job, threads: 2 }, NEVER)
    expect(asked.slice(5)).toEqual(['simd'])
  })

  it('is given up when the application ends', async () => {
    const { measuring } = openMachine({ simd: 2 })
    await expect(chooseEngine(measuring, job, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  it('is left to the order of names where none can be measured', async () => {
    const { measuring } = openMachine({})
    expect((await chooseEngine(measuring, job, NEVER)).engine).toBe('auto')
  })

  it('leaves out an engine that fails with this network, and asks it again for another network', async () => {
    const { asked, measuring } = openMachine({ webgpu: WRONG, simd: 2 })
    expect((await chooseEngine(measuring, job, NEVER)).engine).toBe('simd')
    await chooseEngine(measuring, job, NEVER)
    expect(asked).toEqual(['cuda', 'webgpu', 'simd', 'native'])
    await chooseEngine(measuring, otherJob, NEVER)
    expect(asked.slice(4)).toEqual(['webgpu', 'simd'])
  })

  it('leaves out an engine that fails by a defect', async () => {
    const { measuring } = openMachine({ simd: FULL, native: 12 })
    expect((await chooseEngine(measuring, job, NEVER)).engine).toBe('native')
  })

  it('is refused with the reasons where engines start and none can do this network', async () => {
    const { measuring } = openMachine({ webgpu: WRONG, simd: FULL })
    await expect(chooseEngine(measuring, job, NEVER)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(
        `webgpu: ${WRONG.message} simd: ${FULL.message} Choose a smaller batch`,
      ) as string,
    })
  })

  it('is refused at once for a network that cannot be', async () => {
    const { asked, measuring } = openMachine({ cuda: new Failure('invalid-setting', 'Too many blocks.') })
    await expect(chooseEngine(measuring, job, NEVER)).rejects.toMatchObject({ message: 'Too many blocks.' })
    expect(asked).toEqual(['cuda'])
  })

  it('is one that only took too long to measure, before one that failed', async () => {
    const { asked, measuring } = openMachine({ webgpu: WRONG, simd: 2 })
    const never = new AbortController().signal
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() =>
      asked.at(-1) === 'webgpu' ? AbortSignal.abort() : never,
    )
    expect(await chooseEngine(measuring, job, NEVER)).toEqual({
      engine: 'simd',
      reason: 'No engine could be measured; simd only took too long, so it is taken.',
    })
    await chooseEngine(measuring, job, NEVER)
    expect(asked).toEqual(['cuda', 'webgpu', 'simd', 'native'])
  })
})
