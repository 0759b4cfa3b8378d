// The application's side of measuring a run's confidence. A process that is ended in the middle leaves nothing behind.
import type { MeasuringProgress } from '#shared/evaluation.ts'
import { followProcess } from '../training/follow-process.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import { type MeasuringJob, type MeasuringReport, measuringReportSchema } from './measuring-messages.ts'

/**
 * Resolves when the answers are on the disk.
 * @param signal ends the process at once
 * @throws Failure 'cancelled' by the signal, 'unavailable' when the process dies, or what the measuring failed with
 */
export function runMeasuring(
  spawn: SpawnTrainer,
  job: MeasuringJob,
  tell: (progress: MeasuringProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const work = {
    command: { type: 'measure-confidence', job },
    report: measuringReportSchema,
    take: (report: MeasuringReport): boolean => {
      if (report.type === 'measuring-progressed') tell(report.progress)
      return report.type === 'confidence-measured'
    },
    processName: 'The process that asked the run for its answers',
    cancelledMessage: 'Measuring the confidence was cancelled.',
  }
  return followProcess(spawn, work, signal)
}
