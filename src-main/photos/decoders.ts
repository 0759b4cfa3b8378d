// The application's side of decoding: two processes, each of which may die of a file without anyone but that file.
import { fileURLToPath } from 'node:url'
import { Failure } from '#shared/failure.ts'
import type { CutOutEdit, PreparationSettings } from '#shared/preparation.ts'
import { forkScript, type SpawnTrainer } from '../training/spawn-trainer.ts'
import { Companions } from './companions.ts'
import { DECODE_LIMIT_MS, PREPARE_LIMIT_MS } from './photo-limits.ts'
import {
  type DecoderAnswer,
  photoAnswerSchema,
  type PhotoQuestion,
  type PreparedPhoto,
} from './photo-messages.ts'

const AT_ONCE = 2
const IDLE_MS = 60_000

export const forkDecoder: SpawnTrainer = forkScript(
  fileURLToPath(new URL('./decoder-process.ts', import.meta.url)),
)

export interface PreparationRequest {
  readonly path: string
  readonly settings: PreparationSettings
  readonly edit: CutOutEdit | null
}

export class Decoders {
  readonly #companions: Companions<DecoderAnswer>

  constructor(spawn: SpawnTrainer = forkDecoder) {
    this.#companions = new Companions({
      ...{ spawn, name: 'The process that decodes photos' },
      count: AT_ONCE,
      limitMs: DECODE_LIMIT_MS,
      secondLimitMs: PREPARE_LIMIT_MS,
      idleMs: IDLE_MS,
      parse: (answer) => photoAnswerSchema.parse(answer),
      describeLoss,
    })
  }

  get pids(): readonly number[] {
    return this.#companions.pids
  }

  /**
   * @param wants with 'steps' the picture of every step comes along
   * @throws Failure with the sentence that says why the photo is refused; 'cancelled' by the signal
   */
  async prepare(
    request: PreparationRequest,
    wants: 'input' | 'steps',
    signal?: AbortSignal,
  ): Promise<PreparedPhoto> {
    const answer = await this.#ask({ wants, ...request }, signal)
    if (answer.type !== 'prepared') throw new Error(`a decoder answered ${answer.type} instead of 'prepared'`)
    return answer
  }

  /** The whole photo on white, `side * side` pixels of RGB. @throws Failure as `prepare` does */
  async square(path: string, side: number, signal?: AbortSignal): Promise<Uint8Array> {
    const answer = await this.#ask({ wants: 'square', path, side }, signal)
    if (answer.type !== 'square') throw new Error(`a decoder answered ${answer.type} instead of 'square'`)
    return answer.pixels
  }

  close(): void {
    this.#companions.close()
  }

  #ask(question: PhotoQuestion, signal: AbortSignal | undefined): Promise<DecoderAnswer> {
    return this.#companions.ask(question, signal)
  }
}

function describeLoss(how: 'died' | 'hung', detail: string): Failure {
  const advice = 'Open it in another program and save it anew, or leave it out.'
  const what =
    how === 'hung'
      ? `Decoding this file took longer than ${detail}, so it was given up.`
      : `The process that decoded this file ended unexpectedly (${detail}); nothing else was touched.`
  return new Failure('invalid-file', `${what} ${advice}`)
}
