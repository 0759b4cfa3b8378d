// The whole script of the image thread: it holds datasets in memory and answers questions about their images, so that
// sorting 70,000 of them holds up nobody.
import { parentPort, workerData } from 'node:worker_threads'
import { describeFailure } from '#shared/failure.ts'
import { DatasetLibrary } from '../datasets/dataset-library.ts'
import { GENERATED_DATASETS } from '../datasets/generated-datasets.ts'
import { answerImageQuestion } from './answer-image-question.ts'
import type { ImageReply, ImageRequest, ImageThreadStart } from './image-questions.ts'
import { OpenDatasets } from './open-datasets.ts'

const { datasetsFolder } = workerData as ImageThreadStart
const library = new DatasetLibrary({ directory: datasetsFolder, generated: GENERATED_DATASETS })
const datasets = new OpenDatasets(library)

parentPort?.on('message', (request: ImageRequest) => {
  if (request === 'forget') datasets.forget()
  else void reply(request)
})

async function reply({ number, source, question }: Exclude<ImageRequest, 'forget'>): Promise<void> {
  const post = (message: ImageReply, transfer: ArrayBuffer[]): void =>
    parentPort?.postMessage(message, transfer)
  try {
    const open = await datasets.read(source, question.type === 'describe' ? question.hash : undefined)
    const answer = answerImageQuestion(open, question)
    post({ number, answer }, answer instanceof Uint8Array ? [answer.buffer] : [])
  } catch (error) {
    post({ number, failure: describeFailure(error) }, [])
  }
}
