// Entry of the trainer process: one run, one question or one inspection of a dataset, then the end. It ends by itself when the application is gone.
import { describeFailure } from '#shared/failure.ts'
import type { QualityProgress } from '#shared/quality.ts'
import { inspectDataset } from '../quality/inspect-dataset.ts'
import { answerQuestion } from './answer-question.ts'
import { trainerCommandSchema } from './messages.ts'
import { Pace } from './pace.ts'
import { openParentPort } from './parent-port.ts'
import { runJob } from './run-job.ts'

const port = openParentPort()
const pace = new Pace((state) => port.post({ type: state }))

port.onMessage((message) => {
  const command = trainerCommandSchema.parse(message)
  switch (command.type) {
    case 'start':
      void work(() => runJob(command.job, pace, (report) => port.post(report)))
      break
    case 'calibrate':
    case 'check-engine':
      void work(async () => port.post(await answerQuestion(command)))
      break
    case 'inspect':
      void work(async () => {
        const tell = (progress: QualityProgress): void =>
          port.post({ type: 'inspection-progressed', progress })
        await inspectDataset(command.job, pace, tell)
        port.post({ type: 'inspected' })
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

async function work(task: () => Promise<void>): Promise<void> {
  try {
    await task()
  } catch (error) {
    port.post({ type: 'failed', failure: describeFailure(error) })
  }
  port.close()
}
