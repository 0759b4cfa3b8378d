// What an engine takes for a network and batch size on this machine: measured once in a process of its own, then
// remembered for this machine and version. What could not be measured is tried again on another day: an engine that does
// not start, for any network; one that failed with a network, for this network.
import { createHash } from 'node:crypto'
import type { Calibration, UnavailableCalibration } from '#shared/calibration.ts'
import { taskFor } from '#shared/core/models/layers.ts'
import { Failure } from '#shared/failure.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
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

/** What a measurement has to know of a dataset. */
export function describeData(dataset: FullDescription): Pick<CalibrationJob, 'task' | 'classNames'> {
  const { classNames } = dataset
  return { task: taskFor(dataset, classNames.length), classNames: [...classNames] }
}

/** What is remembered, or null; of what could not be measured, only for the rest of the day. */
export async function recallCalibration(
  { store, version }: Measuring,
  job: CalibrationJob,
): Promise<Calibration | null> {
  return (
    (await store.findCalibration(keyOf(job, version))) ??
    (await store.findCalibration(refusalKeyOf(job, version))) ??
    store.findCalibration(absenceKeyOf(job, version))
  )
}

/** What is remembered, else measured now. @throws Failure as measureEngine does */
export async function calibrateEngine(
  measuring: Measuring,
  job: CalibrationJob,
  signal: AbortSignal,
): Promise<Calibration> {
  return (await recallCalibration(measuring, job)) ?? measureEngine(measuring, job, signal)
}

/**
 * Measures now, which takes about two seconds of the whole machine.
 * @throws Failure 'cancelled' by the signal, or what the measuring failed with, other than 'unavailable'
 */
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
    case 'not-started': {
      const absent = describeUnavailable(job, 'absent', answer.reason)
      await store.keepCalibration(absenceKeyOf(job, version), absent)
      return absent
    }
    case 'late': {
      const late = describeUnavailable(job, 'late', answer.reason)
      await store.keepCalibration(refusalKeyOf(job, version), late)
      return late
    }
    case 'failed': {
      const { code, message } = answer.failure
      if (code !== 'unavailable') throw new Failure(code, message)
      const unfit = describeUnavailable(job, 'unfit', message)
      await store.keepCalibration(refusalKeyOf(job, version), unfit)
      return unfit
    }
    case 'engine-checked':
      throw new Error('a calibration was answered by a check of an engine')
    default:
      return answer satisfies never
  }
}

/** What is told, and remembered, of an engine that could not be measured. */
export function describeUnavailable(
  { engine }: Pick<CalibrationJob, 'engine'>,
  cause: UnavailableCalibration['cause'],
  reason: string,
): UnavailableCalibration {
  return { state: 'unavailable', engine: { name: engine }, cause, reason }
}

/** All that can change the time of a step: names of classes only do where their images are changed by them. */
export function keyOf(job: CalibrationJob, version: string): string {
  const { experiment, task, classNames, engine, threads } = job
  const { model, loss, optimizer, batchSize, augmentation } = experiment
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
    augmentation,
    ...(augmentation === 'none' ? {} : { classNames }),
  })
}

/** Whether an engine starts does not depend on the network. */
function absenceKeyOf({ engine }: CalibrationJob, version: string): string {
  return hash({ ...machineOf(version), engine, day: today() })
}

/** Of an engine that failed with this network and batch size. */
function refusalKeyOf(job: CalibrationJob, version: string): string {
  return hash({ refused: keyOf(job, version), day: today() })
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function machineOf(version: string): object {
  const { processor, cores, platform } = describeHardware(null)
  return { processor, cores, platform, node: process.version, version }
}

function hash(what: object): string {
  return createHash('sha256').update(JSON.stringify(what)).digest('hex')
}
