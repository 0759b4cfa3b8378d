// The application's side of an inspection: starts its process, passes its progress on, and tells how it ended. A process
// that is ended in the middle leaves the report that was there before, whole.
import { describeFailure, Failure } from '#shared/failure.ts'
import type { QualityProgress } from '#shared/quality.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import { type InspectionJob, type InspectionReport, inspectionReportSchema } from './inspection-messages.ts'

/**
 * Resolves when the report is on the disk.
 * @param signal ends the process at once
 * @throws Failure 'cancelled' by the signal, 'unavailable' when the process dies, or what the inspection failed with
 */
export async function runInspection(
  spawn: SpawnTrainer,
  job: InspectionJob,
  tell: (progress: QualityProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) throw cancelled()
  const process = spawn('hidden') // drivers of engines that are only tried complain to nobody
  let end: InspectionReport | null = null
  process.onMessage((message) => {
    const report = parseReport(message)
    if (report.type === 'inspection-progressed') tell(report.progress)
    else end ??= report
  })
  const ended = new Promise<string>((resolve) => process.onExit(resolve))
  const kill = (): void => process.kill()
  signal.addEventListener('abort', kill, { once: true })
  process.post({ type: 'inspect', job })
  const how = await ended
  signal.removeEventListener('abort', kill)
  throwUnlessInspected(end, how, signal)
}

function throwUnlessInspected(end: InspectionReport | null, how: string, signal: AbortSignal): void {
  if (end?.type === 'inspected') return
  if (signal.aborted) throw cancelled()
  if (end?.type === 'failed') throw new Failure(end.failure.code, end.failure.message)
  throw new Failure(
    'unavailable',
    `The process that looked through the images ended unexpectedly (${how}). Start it again.`,
  )
}

function parseReport(message: unknown): InspectionReport {
  try {
    return inspectionReportSchema.parse(message)
  } catch (error) {
    return { type: 'failed', failure: describeFailure(error) }
  }
}

function cancelled(): Failure {
  return new Failure('cancelled', 'Looking through the images was cancelled; what was found before stays.')
}
