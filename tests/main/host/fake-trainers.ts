// Trainer processes that do what a test says: the border at which the queue is tested without training anything.
import type { TrainerReport } from '#main/training/messages.ts'
import type { Answer } from '#shared/training-questions.ts'
import type { SpawnTrainer, TrainerProcess } from '#main/training/spawn-trainer.ts'
import type { TrainingProgress } from '#shared/run-events.ts'
import {
  ENGINE,
  HARDWARE,
  sampleCheckpoint,
  sampleEpoch,
  sampleEvaluation,
  samplePredictions,
} from '../store/sample-runs.ts'

interface Posted {
  readonly type: string
  readonly job?: {
    readonly experiment: { readonly seed: number; readonly epochs: number }
    readonly engine: string
    readonly threads: number | 'automatic'
  }
}

export class FakeTrainer implements TrainerProcess {
  readonly pid = undefined
  readonly posted: Posted[] = []
  readonly #answer: Answer | null
  #say: (message: unknown) => void = () => undefined
  #exit: (how: string) => void = () => undefined

  /** @param answer what it says to a question */
  constructor(answer: Answer | null) {
    this.#answer = answer
  }

  /** Of the experiment that it trains. */
  get seed(): number | undefined {
    return this.posted[0]?.job?.experiment.seed
  }

  post(message: unknown): void {
    const posted = message as Posted
    this.posted.push(posted)
    if (posted.type === 'pause') this.report({ type: 'paused' })
    if (posted.type === 'resume') this.report({ type: 'resumed' })
    if (posted.type === 'cancel')
      this.fail('cancelled', 'The run was cancelled; its finished epochs are kept.')
    if (this.#answer !== null && posted.type !== 'start') this.#end(this.#answer)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#say = listener
  }

  onExit(listener: (how: string) => void): void {
    this.#exit = listener
  }

  kill(): void {
    this.#exit('SIGKILL')
  }

  start(): void {
    this.report({ type: 'started', engine: ENGINE, hardware: HARDWARE })
  }

  progress(epoch: number, batch: number): void {
    this.report({ type: 'progressed', progress: sampleProgress(epoch, batch) })
  }

  finishEpoch(epoch: number): void {
    this.report({ type: 'epoch-completed', metrics: sampleEpoch(epoch), checkpoint: sampleCheckpoint(epoch) })
  }

  complete(): void {
    this.#end({ type: 'completed', evaluation: sampleEvaluation(4), predictions: samplePredictions(4) })
  }

  /** Starts, finishes so many epochs, and ends. */
  trainAll(epochs: number): void {
    this.start()
    for (let epoch = 1; epoch <= epochs; epoch++) this.finishEpoch(epoch)
    this.complete()
  }

  fail(code: 'cancelled' | 'diverged' | 'unavailable', message: string): void {
    this.#end({ type: 'failed', failure: { code, message } })
  }

  report(report: TrainerReport): void {
    this.#say(report)
  }

  #end(message: TrainerReport | Answer): void {
    this.#say(message)
    this.#exit('exit code 0')
  }
}

export class FakeTrainers {
  readonly all: FakeTrainer[] = []
  answer: Answer | null = null
  readonly #waiting: { readonly count: number; readonly resolve: (trainer: FakeTrainer) => void }[] = []

  readonly spawn: SpawnTrainer = () => {
    const trainer = new FakeTrainer(this.answer)
    this.all.push(trainer)
    for (const { count, resolve } of this.#waiting) if (count === this.all.length) resolve(trainer)
    return trainer
  }

  /** The trainer that is spawned as the `count`-th, 1-based. */
  nth(count: number): Promise<FakeTrainer> {
    const present = this.all[count - 1]
    return present === undefined
      ? new Promise((resolve) => this.#waiting.push({ count, resolve }))
      : Promise.resolve(present)
  }
}

export function sampleProgress(epoch: number, batch: number, batches = 400): TrainingProgress {
  return {
    ...{ epoch, batch, batches, loss: 1 / batch, accuracy: 0.5, imagesPerSecond: 1000, remainingMs: 1000 },
    batchLosses: [{ epoch, batch, loss: 1 / batch }],
    memoryBytes: 100_000_000,
  }
}
