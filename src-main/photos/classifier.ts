// The application's side of judging: one process that holds the networks of the runs that are asked, started when it is
// needed and ended when nobody asks any more. A death costs one question.
import { fileURLToPath } from 'node:url'
import { Failure } from '#shared/failure.ts'
import type { PhotoMeasures } from '#shared/preparation.ts'
import type { Judgement, JudgeThresholds } from '#shared/verdict.ts'
import { forkScript, type SpawnTrainer } from '../training/spawn-trainer.ts'
import {
  type ClassifierAnswer,
  classifierAnswerSchema,
  type ClassifierQuestion,
  type JudgeSource,
} from './classifier-messages.ts'
import { Companions } from './companions.ts'

/** Learning what a run knows looks at all its training images once. */
const LIMIT_MS = 15 * 60_000
const IDLE_MS = 5 * 60_000
const NAME = 'The process that judges photos'

export const forkClassifier: SpawnTrainer = forkScript(
  fileURLToPath(new URL('./classifier-process.ts', import.meta.url)),
)

export interface TrainingImages {
  readonly height: number
  readonly width: number
  /** One after the other. */
  readonly pixels: Uint8Array
}

export class Classifier {
  readonly #companions: Companions<ClassifierAnswer>

  constructor(spawn: SpawnTrainer = forkClassifier) {
    this.#companions = new Companions({
      ...{ spawn, name: NAME },
      count: 1,
      limitMs: LIMIT_MS,
      secondLimitMs: LIMIT_MS,
      idleMs: IDLE_MS,
      parse: (answer) => classifierAnswerSchema.parse(answer),
      describeLoss: (_how, detail) =>
        new Failure('unavailable', `${NAME} ended unexpectedly (${detail}). Try it again.`),
    })
  }

  /** Gets a run ready, which takes a while for the first time. Returns its own thresholds. */
  async open(judge: JudgeSource, signal?: AbortSignal): Promise<JudgeThresholds> {
    return (await this.#ask({ type: 'open', judge }, 'opened', signal)).thresholds
  }

  /** One input by one run; the same input and run always give the same numbers. */
  async judge(
    judge: JudgeSource,
    input: Uint8Array,
    measures: PhotoMeasures,
    thresholds: JudgeThresholds | null,
    signal?: AbortSignal,
  ): Promise<Judgement> {
    const question = { type: 'judge', judge, input, measures, thresholds } as const
    return (await this.#ask(question, 'judged', signal)).judgement
  }

  /** How much the probability of a label falls when each part of the input is covered. */
  async explain(judge: JudgeSource, input: Uint8Array, label: number): Promise<number[]> {
    return (await this.#ask({ type: 'explain', judge, input, label }, 'explained')).values
  }

  /** Images of the run's training split by their numbers; null where the data is not here any more. */
  async readTrainingImages(judge: JudgeSource, indices: readonly number[]): Promise<TrainingImages | null> {
    const question: ClassifierQuestion = { type: 'read-images', judge, indices: [...indices] }
    const { pixels, height, width } = await this.#ask(question, 'images-read')
    return pixels === null ? null : { pixels, height, width }
  }

  close(): void {
    this.#companions.close()
  }

  async #ask<Type extends ClassifierAnswer['type']>(
    question: ClassifierQuestion,
    type: Type,
    signal?: AbortSignal,
  ): Promise<Extract<ClassifierAnswer, { readonly type: Type }>> {
    const answer = await this.#companions.ask(question, signal)
    if (isOfType(answer, type)) return answer
    throw new Error(`the classifier answered ${answer.type} instead of ${type}`)
  }
}

function isOfType<Type extends ClassifierAnswer['type']>(
  answer: ClassifierAnswer,
  type: Type,
): answer is Extract<ClassifierAnswer, { readonly type: Type }> {
  return answer.type === type
}
