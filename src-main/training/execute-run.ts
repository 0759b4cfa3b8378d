// Trains one run of the history: starts its trainer process, stores each report, then announces it.
import type { RunCurve } from '#shared/contract.ts'
import type { EngineChoice, Threads } from '#shared/engine.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import type { RunEvent } from '#shared/run-events.ts'
import type { CheckpointRecord, Run } from '#shared/run.ts'
import type { Home } from '../home.ts'
import { findMarksOf } from '../resolve-marks.ts'
import type { Store } from '../store/open-store.ts'
import { describeAdaptation } from './describe-adaptation.ts'
import { LiveCurve } from './live-curve.ts'
import {
  describeCompletion,
  describeEnd,
  describeEpoch,
  describeFallBack,
  describeGain,
  describeStart,
} from './log-lines.ts'
import type { TrainerReport, TrainingJob } from './messages.ts'
import { pruneCheckpoints, removeUnnamedFiles } from './prune-checkpoints.ts'
import type { SpawnTrainer } from './spawn-trainer.ts'
import { startTrainer, type Trainer, type TrainingEnd } from './trainer.ts'

export interface ExecutionHost {
  readonly store: Store
  readonly home: Home
  readonly spawnTrainer: SpawnTrainer
  readonly announce: (event: RunEvent) => void
}

/** A run that is being trained. */
export interface Execution {
  readonly trainer: Trainer
  /** Ends the trainer process at once; the run becomes 'interrupted' for this reason and can be resumed. */
  interrupt(reason: string): void
  /** What is known of the epoch that goes on. */
  readCurve(): RunCurve
  /** The run as it is stored when the trainer process is gone. */
  readonly ended: Promise<Run>
}

/**
 * Starts or continues a run; it goes on from its newest checkpoint when it has one.
 * @throws Failure 'conflict' for a run that is completed, deleted or being trained
 */
export async function executeRun(
  host: ExecutionHost,
  run: Run,
  engine: EngineChoice,
  threads: Threads = 'automatic',
): Promise<Execution> {
  requireTrainable(run)
  const { store, home } = host
  const runFolder = home.runFolder(run.id)
  await removeUnnamedFiles(store, run.id, runFolder)
  const checkpoints = await store.listCheckpoints(run.id)
  const marks = await findMarksOf(store, run)
  const adaptation = await describeAdaptation(store, home, run, checkpoints.length > 0)
  const job = buildJob(home, run, { engine, threads }, checkpoints, { marks, adaptation })
  const curve = new LiveCurve()
  // From here on a process that dies leaves an interrupted run, also before its engine has started.
  await store.updateStatus(run.id, 'running')
  let hasStarted = false
  let interruption: string | null = null
  const trainer = startTrainer(host.spawnTrainer, job, (report) => {
    if (report.type === 'started') hasStarted = true
    return record(host, run, curve, report)
  })
  return {
    trainer,
    interrupt(reason) {
      interruption = reason
      trainer.kill()
    },
    readCurve: () => curve.read(),
    ended: trainer.ended.then((end) => {
      // Nothing was begun of a queued run that is interrupted before its engine has started.
      const isUntouched = interruption !== null && !hasStarted && run.status === 'queued'
      return conclude(host, run.id, end, isUntouched ? 'untouched' : interruption)
    }),
  }
}

function requireTrainable({ id, status, deletedAt }: Run): void {
  if (deletedAt !== null) throw new Failure('conflict', `Run ${id} is deleted. Restore it first.`)
  if (status === 'completed' || status === 'running' || status === 'paused') {
    throw new Failure('conflict', `Run ${id} is ${status}: there is nothing to go on with.`)
  }
}

function buildJob(
  home: Home,
  run: Run,
  computing: Pick<TrainingJob, 'engine' | 'threads'>,
  checkpoints: readonly CheckpointRecord[],
  { marks, adaptation }: Pick<TrainingJob, 'marks' | 'adaptation'>,
): TrainingJob {
  const { id, directory, hash } = run.dataset
  return {
    experiment: run.experiment,
    dataset: { id, directory, hash },
    datasetsFolder: home.datasets,
    runFolder: home.runFolder(run.id),
    ...computing,
    resumeFrom: checkpoints
      .toSorted((one, other) => other.epoch - one.epoch)
      .map((checkpoint) => ({
        checkpoint,
        elapsedMs: run.epochs.find(({ epoch }) => epoch === checkpoint.epoch)?.elapsedMs ?? 0,
      })),
    marks,
    adaptation,
  }
}

/** Stored first, then announced. */
async function record(host: ExecutionHost, run: Run, curve: LiveCurve, report: TrainerReport): Promise<void> {
  const { store, announce } = host
  const { id } = run
  const now = new Date().toISOString()
  switch (report.type) {
    case 'started':
      await store.recordStart(id, report.engine, report.hardware, now)
      for (const line of describeStart(report.engine, run.epochs.length)) await store.appendLog([id], line)
      return announceRun(host, id)
    case 'fell-back':
      await store.rewindRun(id, report.epoch)
      await store.appendLog([id], describeFallBack(report.epoch, report.reason))
      return announceRun(host, id)
    case 'gain-measured':
      await store.recordGain(id, report.gain)
      await store.appendLog([id], describeGain(report.gain))
      return announceRun(host, id)
    case 'progressed':
      curve.add(report.progress)
      announce({ type: 'training-progressed', runId: id, progress: report.progress })
      return
    case 'paused':
      await store.updateStatus(id, 'paused')
      await store.appendLog([id], 'Paused.')
      return announceRun(host, id)
    case 'resumed':
      await store.updateStatus(id, 'running')
      await store.appendLog([id], 'Goes on after a pause.')
      return announceRun(host, id)
    case 'epoch-completed': {
      const { metrics, checkpoint } = report
      await store.recordEpoch(id, metrics, checkpoint, curve.readEpoch(metrics.epoch))
      await store.appendLog([id], describeEpoch(metrics, run.experiment.epochs))
      announce({ type: 'epoch-completed', runId: id, metrics })
      return pruneCheckpoints(store, id, host.home.runFolder(id))
    }
    case 'completed':
      await store.recordCompletion(id, report.evaluation, report.predictions, now)
      await store.appendLog([id], describeCompletion(report.evaluation))
      return announceRun(host, id)
    case 'failed':
      return // told in `conclude`, when the process is gone
    default:
      report satisfies never
  }
}

/**
 * Gives the run the status that it has now that its trainer is gone.
 * @param interruption why the trainer was ended from here; 'untouched' for a run that is to be queued again; null
 */
async function conclude(
  { store, announce }: ExecutionHost,
  runId: string,
  end: TrainingEnd,
  interruption: string | null,
): Promise<Run> {
  switch (end.type) {
    case 'completed':
      await backUp(store, runId)
      break
    case 'failed': {
      const { code, message } = end.failure
      await store.updateStatus(runId, code === 'cancelled' ? 'cancelled' : 'failed', message)
      break
    }
    case 'died': {
      const reason = `The trainer process ended unexpectedly (${end.how}); finished epochs are kept.`
      if (interruption === 'untouched') await store.updateStatus(runId, 'queued')
      else await store.updateStatus(runId, 'interrupted', interruption ?? reason)
      break
    }
    default:
      end satisfies never
  }
  const ended = await store.findRun(runId)
  if (end.type !== 'completed') {
    await store.appendLog([runId], describeEnd(ended))
    announce({ type: 'run-changed', run: ended })
  }
  return ended
}

/** After a run, unless there is one that is new enough; a backup that fails is told in the run's log and costs the run nothing. */
async function backUp(store: Store, runId: string): Promise<void> {
  try {
    await store.backUpIfDue()
  } catch (error) {
    await store.appendLog([runId], `No backup of the history was made: ${describeFailure(error).message}`)
  }
}

async function announceRun({ store, announce }: ExecutionHost, runId: string): Promise<void> {
  announce({ type: 'run-changed', run: await store.findRun(runId) })
}
