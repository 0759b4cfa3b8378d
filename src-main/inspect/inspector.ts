// The application's side of looking inside: a process of its own, so that neither the host nor a batch of photos waits
// for it. Started when somebody looks, ended when nobody does any more; a death costs one question.
import { Failure } from '#shared/failure.ts'
import { forkClassifier } from '../photos/classifier.ts'
import { Companions } from '../photos/companions.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'
import {
  type InspectionAnswer,
  inspectionAnswerSchema,
  type InspectionQuestion,
} from './inspection-messages.ts'

const LIMIT_MS = 2 * 60_000
const IDLE_MS = 5 * 60_000
const NAME = 'The process that looks inside networks'

export class Inspector {
  readonly #companions: Companions<InspectionAnswer>

  constructor(spawn: SpawnTrainer = forkClassifier) {
    this.#companions = new Companions({
      ...{ spawn, name: NAME, count: 1, limitMs: LIMIT_MS, secondLimitMs: LIMIT_MS, idleMs: IDLE_MS },
      parse: (answer) => inspectionAnswerSchema.parse(answer),
      describeLoss: (_how, detail) =>
        new Failure('unavailable', `${NAME} ended unexpectedly (${detail}). Try it again.`),
    })
  }

  /** @throws Failure with what the process refused it with, or that it was lost */
  async ask<Type extends InspectionAnswer['type']>(
    question: InspectionQuestion,
    type: Type,
  ): Promise<Extract<InspectionAnswer, { readonly type: Type }>> {
    const answer = await this.#companions.ask(question)
    if (isOfType(answer, type)) return answer
    throw new Error(`the inspector answered ${answer.type} instead of ${type}`)
  }

  close(): void {
    this.#companions.close()
  }
}

function isOfType<Type extends InspectionAnswer['type']>(
  answer: InspectionAnswer,
  type: Type,
): answer is Extract<InspectionAnswer, { readonly type: Type }> {
  return answer.type === type
}
