// A companion process whose words a test chooses.
import type { TrainerProcess } from '#main/training/spawn-trainer.ts'

/** After each question it says these, in turn; without any it never answers. */
export type Words = readonly unknown[]

/** To be made when it is started: it is ready, or dead, soon after. */
export class StandInProcess implements TrainerProcess {
  readonly pid = 1
  isKilled = false
  readonly questions: unknown[] = []
  readonly #words: Words
  #say: (message: unknown) => void = () => undefined
  #exit: (how: string) => void = () => undefined

  /** @param death how it ends instead of starting */
  constructor(words: Words, death: string | null = null) {
    this.#words = words
    setImmediate(() => (death === null ? this.#say({ type: 'ready' }) : this.#exit(death)))
  }

  post(message: unknown): void {
    const { id, question } = message as { id: number; question: unknown }
    this.questions.push(question)
    for (const word of this.#words) this.say(word, id)
  }

  /** @param id of the question that a report is about */
  say(word: unknown, id: number): void {
    const isReport = typeof word === 'object' && word !== null && 'type' in word
    this.#say(isReport ? { ...word, id } : word)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#say = listener
  }

  onExit(listener: (how: string) => void): void {
    this.#exit = listener
  }

  kill(): void {
    this.isKilled = true
  }
}
