// Training on an engine with a device of its own: the same numbers as elsewhere, read back now and then. Here the kernels
// of `cpu` stand under such an engine's name, so that both must agree to the bit.
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Failure } from '#shared/failure.ts'
import type { NewExperiment } from '#shared/experiment.ts'
import { deviceRoom, hasDevice } from '#shared/core/training/device.ts'
import type { TrainingControl, TrainingEvent } from '#shared/core/training/train.ts'
import { buildSmallTask, collectEvents } from './small-task.ts'

const DEVICE = 'tensorflow'
const EPOCHS = 3
const SETTINGS: Partial<NewExperiment> = {
  epochs: EPOCHS,
  batchSize: 4,
  testEachEpoch: true,
  model: { name: 'mlp', hiddenUnits: [6], dropout: 0.25 },
}

let reads = 0

beforeAll(() => {
  const factory = tf.findBackendFactory('cpu')
  tf.registerBackend(DEVICE, () => {
    const backend = factory() as tf.KernelBackend
    const read = backend.read.bind(backend)
    backend.read = (dataId) => {
      reads += 1
      return read(dataId)
    }
    return Object.assign(backend, { isUsingGpuDevice: true })
  })
  tf.copyRegisteredKernels('cpu', DEVICE)
})
afterAll(() => tf.removeBackend(DEVICE))
beforeEach(() => {
  reads = 0
})

/** A millisecond for every look at the clock: steps seem quick, so that a device is left alone for long. */
function quickControl(breathe: () => Promise<void> = () => Promise.resolve()): TrainingControl {
  let time = 0
  return { breathe, elapsedMs: () => (time += 1) }
}

async function trainOn(
  backend: string,
  settings: Partial<NewExperiment>,
  control = quickControl(),
): Promise<TrainingEvent[]> {
  await tf.setBackend(backend)
  return collectEvents(buildSmallTask(settings, { control }))
}

/** Without what the clock says. */
function withoutTimes(event: TrainingEvent): object {
  const no = { elapsedMs: 0, imagesPerSecond: 0, remainingMs: 0 }
  if (event.type === 'batch-completed') return { ...event, progress: { ...event.progress, ...no } }
  if (event.type === 'epoch-completed') return { ...event, metrics: { ...event.metrics, ...no } }
  return event
}

describe('an engine with a device of its own', () => {
  it('is known by TensorFlow.js’s name for it, and has room for a dataset', async () => {
    await tf.setBackend(DEVICE)
    expect([hasDevice(), deviceRoom()]).toEqual([true, 2 ** 30])
    await tf.setBackend('cpu')
    expect([hasDevice(), deviceRoom()]).toEqual([false, 0])
  })

  it('says of every batch and every epoch what any other engine says, in the same order', async () => {
    const expected = await trainOn('cpu', SETTINGS)
    const found = await trainOn(DEVICE, SETTINGS)
    expect(found.map(withoutTimes)).toEqual(expected.map(withoutTimes))
  })

  it('is not waited for in every step', async () => {
    const events = await trainOn(DEVICE, { ...SETTINGS, testEachEpoch: false })
    const steps = events.filter(({ type }) => type === 'batch-completed').length
    const [state] = events.flatMap((event) => (event.type === 'epoch-completed' ? [event.state] : []))
    const ofStates = EPOCHS * ((state?.parameters.length ?? 0) + (state?.slots.length ?? 0))
    expect(reads - ofStates).toBeLessThan(steps / 2)
  })

  it('stops in the same batch when a loss is no longer a number, and leaves no tensor', async () => {
    const failing = { ...SETTINGS, learningRate: 100, loss: 'nll-on-logits', epochs: 200 } as const
    const failureOn = async (backend: string): Promise<string> => {
      await tf.setBackend(backend)
      const before = tf.memory().numTensors
      const failure: unknown = await trainOn(backend, failing).catch((error: unknown) => error)
      expect(tf.memory().numTensors).toBe(before)
      return failure instanceof Failure ? failure.message : 'no failure'
    }
    const expected = await failureOn('cpu')
    expect(expected).toContain('Training stopped in epoch')
    expect(await failureOn(DEVICE)).toBe(expected)
  })

  it('leaves no tensor when it is cancelled with steps unread', async () => {
    await tf.setBackend(DEVICE)
    const before = tf.memory().numTensors
    let breaths = 0
    const control = quickControl(() => {
      breaths += 1
      return breaths < 12 ? Promise.resolve() : Promise.reject(new Failure('cancelled', 'enough'))
    })
    await expect(trainOn(DEVICE, SETTINGS, control)).rejects.toThrow('enough')
    expect(tf.memory().numTensors).toBe(before)
  })
})
