// The application's side of a trainer process: start, pause, resume, cancel, and a word when it is gone.
import { describeFailure } from '#shared/failure.ts'
import type { FailureRecord } from '#shared/failure.ts'
import { trainerReportSchema, type TrainerCommand, type TrainerReport, type TrainingJob } from './messages.ts'
import type { SpawnTrainer } from './spawn-trainer.ts'

/** How long a trainer may take to end by itself after `cancel`; a run is to stop within two seconds. */
const CANCEL_TIMEOUT_MS = 1500

/** How a trainer process ended. */
export type TrainingEnd =
  | { readonly type: 'completed' }
  | { readonly type: 'failed'; readonly failure: FailureRecord }
  /** The process died: `how` is its exit code or signal. */
  | { readonly type: 'died'; readonly how: string }

export interface Trainer {
  readonly pid: number | undefined
  pause(): void
  resume(): void
  /** Asks for the end and ends the process itself if that takes too long. */
  cancel(): void
  /** Ends the process at once, as a crash would. */
  kill(): void
  /** Resolves when the process is gone and every report of it was handled. */
  readonly ended: Promise<TrainingEnd>
}

/**
 * Starts a trainer process on a job.
 * @param handle called for each report, one after the other; when it fails, the training is ended with that failure
 */
export function startTrainer(
  spawn: SpawnTrainer,
  job: TrainingJob,
  handle: (report: TrainerReport) => Promise<void>,
): Trainer {
  const process = spawn()
  let end: TrainingEnd | null = null
  let cancelled = false
  let handled = Promise.resolve()

  const take = async (message: unknown): Promise<void> => {
    if (end !== null) return
    try {
      const report = trainerReportSchema.parse(message)
      await handle(report)
      if (report.type === 'completed') end = { type: 'completed' }
      if (report.type === 'failed') end = { type: 'failed', failure: report.failure }
    } catch (error) {
      end = { type: 'failed', failure: describeFailure(error) }
      process.kill()
    }
  }
  process.onMessage((message) => {
    handled = handled.then(() => take(message))
  })

  const ended = new Promise<TrainingEnd>((resolve) => {
    process.onExit((how) => {
      void handled.then(() => resolve(end ?? endOfDeath(how, cancelled)))
    })
  })
  const post = (command: TrainerCommand): void => process.post(command)
  post({ type: 'start', job })
  return {
    pid: process.pid,
    pause: () => post({ type: 'pause' }),
    resume: () => post({ type: 'resume' }),
    cancel: () => {
      cancelled = true
      post({ type: 'cancel' })
      const timer = setTimeout(() => process.kill(), CANCEL_TIMEOUT_MS)
      void ended.then(() => clearTimeout(timer))
    },
    kill: () => process.kill(),
    ended,
  }
}

/** A trainer that had to be ended after `cancel` was cancelled, not lost. */
function endOfDeath(how: string, cancelled: boolean): TrainingEnd {
  if (!cancelled) return { type: 'died', how }
  const message = 'The run was cancelled; its finished epochs are kept.'
  return { type: 'failed', failure: { code: 'cancelled', message } }
}
