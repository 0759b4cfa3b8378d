// The application's side of the image thread: starts it with the first question, and again after it has died.
import { Worker } from 'node:worker_threads'
import type { ImageSource } from '#shared/contract/images.ts'
import { Failure } from '#shared/failure.ts'
import type {
  AnswerTo,
  ImageQuestion,
  ImageReply,
  ImageRequest,
  ImageThreadStart,
} from './image-questions.ts'

const THREAD = new URL('./image-thread.ts', import.meta.url)

interface Waiting {
  readonly resolve: (reply: ImageReply) => void
  readonly reject: (error: Error) => void
}

export class ImageReader {
  readonly #start: ImageThreadStart
  readonly #waiting = new Map<number, Waiting>()
  #thread: Worker | null = null
  #asked = 0
  #closed = false

  constructor(start: ImageThreadStart) {
    this.#start = start
  }

  /** @throws Failure that the question was answered with, or 'unavailable' when the thread ends before it answers */
  async ask<Question extends ImageQuestion>(
    source: ImageSource,
    question: Question,
  ): Promise<AnswerTo<Question>> {
    if (this.#closed) throw new Failure('unavailable', 'Atelier is closing, so no images are read any more.')
    const number = ++this.#asked
    const { promise, resolve, reject } = Promise.withResolvers<ImageReply>()
    this.#waiting.set(number, { resolve, reject })
    this.#post({ number, source, question })
    const reply = await promise
    if ('failure' in reply) throw new Failure(reply.failure.code, reply.failure.message)
    return reply.answer as AnswerTo<Question>
  }

  /** What is read of datasets from now on is what they are now. */
  forget(): void {
    if (this.#thread !== null) this.#post('forget')
  }

  close(): void {
    this.#closed = true
    void this.#thread?.terminate()
  }

  #post(request: ImageRequest): void {
    this.#thread ??= this.#startThread()
    this.#thread.postMessage(request)
  }

  #startThread(): Worker {
    const thread = new Worker(THREAD, { workerData: this.#start, execArgv: [] })
    thread.unref()
    let cause: unknown = null
    thread.on('message', (reply: ImageReply) => {
      this.#waiting.get(reply.number)?.resolve(reply)
      this.#waiting.delete(reply.number)
    })
    thread.on('error', (error: unknown) => {
      cause = error
    })
    thread.once('exit', () => {
      if (this.#thread === thread) this.#thread = null
      const failure = new Failure(
        'unavailable',
        'Reading the images ended unexpectedly. Try again; large datasets need as much free memory as their files.',
        { cause },
      )
      for (const { reject } of this.#waiting.values()) reject(failure)
      this.#waiting.clear()
    })
    return thread
  }
}
