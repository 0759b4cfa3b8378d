// Entry of the trainer process: one run, one question, one inspection of a dataset or one measurement of a run's confidence,
// then the end. It ends by itself when the application is gone.
import { describeFailure } from '#shared/failure.ts'
import type { EngineChoice, Threads } from '#shared/engine.ts'
import type { MeasuringProgress } from '#shared/evaluation.ts'
import type { QualityProgress } from '#shared/quality.ts'
import type { Question } from '#shared/training-questions.ts'
import { deviceLoss } from '../engines/device-loss.ts'
import { measureConfidence } from '../evaluation/measure-confidence.ts'
import { inspectDataset } from '../quality/inspect-dataset.ts'
import type { InspectionJob } from '../quality/inspection-messages.ts'
import { type ComputingMeans, openComputing } from './computing.ts'
import { trainerCommandSchema } from './messages.ts'
import { startPace } from './pace.ts'
import { openParentPort } from './parent-port.ts'
import { runJob } from './run-job.ts'

const port = openParentPort()
const announce = (state: 'paused' | 'resumed'): void => port.post({ type: state })
const pace = startPace(announce)
const means: ComputingMeans = { pace, announce, openWindow: port.openWindow }

port.onMessage((message) => {
  const command = trainerCommandSchema.parse(message)
  switch (command.type) {
    case 'start':
      void work(() => runJob(command.job, means, (report) => port.post(report)))
      break
    case 'calibrate':
      void work(() => answer(command, command.job.engine, command.job.threads))
      break
    case 'check-engine':
      void work(() => answer(command, command.engine))
      break
    case 'inspect':
      void work(async () => {
        const tell = (progress: QualityProgress): void =>
          port.post({ type: 'inspection-progressed', progress })
        await inspectDataset(withoutWindow(command.job), pace, tell)
        port.post({ type: 'inspected' })
      })
      break
    case 'measure-confidence':
      void work(async () => {
        const tell = (progress: MeasuringProgress): void =>
          port.post({ type: 'measuring-progressed', progress })
        await measureConfidence(command.job, pace, tell)
        port.post({ type: 'confidence-measured' })
      })
      break
    case 'pause':
      pace.pause()
      break
    case 'resume':
      pace.resume()
      break
    case 'cancel':
      pace.cancel()
      break
    default:
      command satisfies never
  }
})

async function answer(question: Question, engine: EngineChoice, threads?: Threads): Promise<void> {
  const computing = await openComputing(engine, means, threads)
  port.post(await computing.answer(question))
}

/** An inspection is computed here: where webgpu would need a window, another engine does it. */
function withoutWindow(job: InspectionJob): InspectionJob {
  return job.engine === 'webgpu' && port.openWindow !== null ? { ...job, engine: 'auto' } : job
}

async function work(task: () => Promise<void>): Promise<void> {
  try {
    await Promise.race([task(), deviceLoss])
  } catch (error) {
    port.post({ type: 'failed', failure: describeFailure(error) })
  }
  port.close()
}
