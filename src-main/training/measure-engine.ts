// What an engine takes for a network and batch size on this machine: measured once in a process of its own, then
// remembered for this machine and version. An engine that does not start is asked again on another day.
import { createHash } from 'node:crypto'
import type { Calibration } from '#shared/calibration.ts'
import { Failure } from '#shared/failure.ts'
import { describeHardware } from '../engines/hardware.ts'
import type { Store } from '../store/open-store.ts'
import { askTrainer } from './ask-trainer.ts'
import type { CalibrationJob } from '#shared/training-questions.ts'
import type { SpawnTrainer } from './spawn-trainer.ts'

const LIMIT_MS = 60_000

export interface Measuring {
  readonly store: Pick<Store, 'findCalibration' | 'keepCalibration'>
  readonly spawnTrainer: SpawnTrainer
  /** Of Atelier. */
  readonly version: string
}

/** What is remembered, or null; of an engine that did not start, only for the rest of the day. */
export async function recallCalibration(
  { store, version }: Measuring,
  job: CalibrationJob,
): Promise<Calibration | null> {
  return (
    (await store.findCalibration(keyOf(job, version))) ?? store.findCalibration(absenceKeyOf(job, version))
  )
}

/** What is remembered, else measured now. @throws Failure 'cancelled' by the signal */
export async function calibrateEngine(
  measuring: Measuring,
  job: CalibrationJob,
  signal: AbortSignal,
): Promise<Calibration> {
  return (await recallCalibration(measuring, job)) ?? measureEngine(measuring, job, signal)
}

/** Measures now, which takes about two seconds of the whole machine. @throws Failure 'cancelled' by the signal */
export async function measureEngine(
  { store, spawnTrainer, version }: Measuring,
  job: CalibrationJob,
  signal: AbortSignal,
): Promise<Calibration> {
  const answer = await askTrainer(spawnTrainer, { type: 'calibrate', job }, LIMIT_MS, signal)
  if (signal.aborted) throw new Failure('cancelled', 'Atelier was closed before this was measured.')
  switch (answer.type) {
    case 'calibrated': {
      const { engine, times } = answer
      const trainImagesPerSecond = (1000 * job.experiment.batchSize) / times.stepMs
      const calibration = { state: 'measured', engine, ...times, trainImagesPerSecond } as const
      await store.keepCalibration(keyOf(job, version), calibration)
      return calibration
    }
    case 'failed': {
      const { code, message: reason } = answer.failure
      if (code !== 'unavailable') throw new Failure(code, reason)
      const calibration = { state: 'unavailable', engine: { name: job.engine }, reason } as const
      await store.keepCalibration(absenceKeyOf(job, version), calibration)
      return calibration
    }
    case 'engine-checked':
      throw new Error('a calibration was answered by a check of an engine')
    default:
      return answer satisfies never
  }
}

/** All that can change the time of a step. */
export function keyOf({ experiment, task, engine, threads }: CalibrationJob, version: string): string {
  const { model, loss, optimizer, batchSize } = experiment
  const counted = engine === 'simd' || engine === 'auto' ? { threads } : {}
  return hash({
    ...machineOf(version),
    engine,
    ...counted,
    model,
    loss,
    optimizer: optimizer.name,
    batchSize,
    task,
  })
}

/** Whether an engine starts does not depend on the network. */
function absenceKeyOf({ engine }: CalibrationJob, version: string): string {
  return hash({ ...machineOf(version), engine, day: new Date().toISOString().slice(0, 10) })
}

function machineOf(version: string): object {
  const { processor, cores, platform } = describeHardware(null)
  return { processor, cores, platform, node: process.version, version }
}

function hash(what: object): string {
  return createHash('sha256').update(JSON.stringify(what)).digest('hex')
}
