// The application's side of an inspection. A process that is ended in the middle leaves the report that was there before,
// whole.
import type { QualityProgress } from '#shared/quality.ts'
import { followProcess } from '../training/follow-process.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import { type InspectionJob, type InspectionReport, inspectionReportSchema } from './inspection-messages.ts'

/**
 * Resolves when the report is on the disk.
 * @param signal ends the process at once
 * @throws Failure 'cancelled' by the signal, 'unavailable' when the process dies, or what the inspection failed with
 */
export function runInspection(
  spawn: SpawnTrainer,
  job: InspectionJob,
  tell: (progress: QualityProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const work = {
    command: { type: 'inspect', job },
    report: inspectionReportSchema,
    take: (report: InspectionReport): boolean => {
      if (report.type === 'inspection-progressed') tell(report.progress)
      return report.type === 'inspected'
    },
    processName: 'The process that looked through the images',
    cancelledMessage: 'Looking through the images was cancelled; what was found before stays.',
  }
  return followProcess(spawn, work, signal)
}
