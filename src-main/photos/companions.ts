// Processes that answer questions and may die of them: started when there is something to ask, one question at a time
// each, ended when one hangs or when nothing was asked for a while. What waits is asked of the next one.
import { describeFailure, Failure } from '#shared/failure.ts'
import type { SpawnTrainer, TrainerProcess } from '../training/spawn-trainer.ts'
import { companionReportSchema, type CompanionReport } from './serve-companion.ts'

const START_LIMIT_MS = 60_000

/** No process could be started that answers: it is not the question's fault, and the next one will fare no better. */
export class NotStarted extends Failure {
  constructor(name: string, detail: string) {
    super(
      'unavailable',
      `${name} does not start (${detail}). Start Atelier again; if that does not help, install it again.`,
    )
  }
}

export interface CompanionSettings<Answer> {
  /** For messages: 'The process that decodes photos'. */
  readonly name: string
  readonly spawn: SpawnTrainer
  /** How many answer side by side. */
  readonly count: number
  /** From the question to the answer, or to the word that the first part is over. */
  readonly limitMs: number
  /** From that word to the answer. */
  readonly secondLimitMs: number
  /** Without a question for so long, a process is ended. */
  readonly idleMs: number
  readonly parse: (answer: unknown) => Answer
  /** What the asker is told when the process died or was ended over the question. */
  readonly describeLoss: (how: 'died' | 'hung', detail: string) => Failure
}

interface Waiting<Answer> {
  readonly question: unknown
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

export class Companions<Answer> {
  readonly #waiting: Waiting<Answer>[] = []
  readonly #lanes: Lane<Answer>[]
  #isClosed = false

  constructor(settings: CompanionSettings<Answer>) {
    this.#lanes = Array.from({ length: settings.count }, () => new Lane(settings, () => this.#hand()))
  }

  /** Ids of the processes that live now. */
  get pids(): readonly number[] {
    return this.#lanes.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  }

  /**
   * @param signal takes the question back; what a process has begun with it ends by itself, and nobody hears of it
   * @throws Failure with what the process refused it with, that it was lost, or 'cancelled' by the signal; NotStarted
   */
  async ask(question: unknown, signal?: AbortSignal): Promise<Answer> {
    if (this.#isClosed || signal?.aborted === true) throw givenUp()
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const waiting = { question, resolve, reject }
    const giveUp = (): void => {
      const place = this.#waiting.indexOf(waiting)
      if (place >= 0) this.#waiting.splice(place, 1)
      reject(givenUp())
    }
    signal?.addEventListener('abort', giveUp, { once: true })
    this.#waiting.push(waiting)
    this.#hand()
    try {
      return await promise
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
  }

  close(): void {
    this.#isClosed = true
    for (const { reject } of this.#waiting.splice(0)) reject(givenUp())
    for (const lane of this.#lanes) lane.end()
  }

  #hand(): void {
    for (const lane of this.#lanes) {
      if (!lane.isFree) continue
      const next = this.#waiting.shift()
      if (next === undefined) return
      lane.ask(next)
    }
  }
}

/** One process after the other, each with at most one question. */
class Lane<Answer> {
  readonly #settings: CompanionSettings<Answer>
  readonly #onFree: () => void
  #process: TrainerProcess | null = null
  #isReady = false
  #current: Waiting<Answer> | null = null
  #id = 0
  #timer: NodeJS.Timeout | undefined

  constructor(settings: CompanionSettings<Answer>, onFree: () => void) {
    this.#settings = settings
    this.#onFree = onFree
  }

  get isFree(): boolean {
    return this.#current === null
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  ask(waiting: Waiting<Answer>): void {
    this.#current = waiting
    this.#id += 1
    try {
      this.#process ??= this.#start()
    } catch (error) {
      this.#lose('died', describeFailure(error).message)
      return
    }
    if (this.#isReady) this.#post()
    else this.#limit(START_LIMIT_MS, () => this.#lose('hung', `not within ${START_LIMIT_MS / 1000} seconds`))
  }

  end(): void {
    this.#drop(givenUp())
  }

  #start(): TrainerProcess {
    const process = this.#settings.spawn('hidden')
    this.#isReady = false
    process.onMessage((message) => {
      if (process !== this.#process) return
      const { data: report } = companionReportSchema.safeParse(message)
      // A decoder that a hostile file has taken over may say anything.
      if (report === undefined) this.#lose('died', 'it said what nobody understands')
      else this.#take(report)
    })
    process.onExit((how) => {
      if (process === this.#process) this.#lose('died', how)
    })
    return process
  }

  #post(): void {
    const { limitMs } = this.#settings
    this.#limit(limitMs, () => this.#lose('hung', `${limitMs / 1000} seconds`))
    this.#process?.post({ id: this.#id, question: this.#current?.question })
  }

  #take(report: CompanionReport): void {
    if (report.type === 'ready') {
      this.#isReady = true
      if (this.#current !== null) this.#post()
      return
    }
    if (report.id !== this.#id) return
    switch (report.type) {
      case 'advanced': {
        const { secondLimitMs } = this.#settings
        this.#limit(secondLimitMs, () => this.#lose('hung', `${secondLimitMs / 1000} seconds`))
        break
      }
      case 'answered':
        this.#settle((current) => current.resolve(this.#settings.parse(report.answer)))
        break
      case 'refused':
        this.#settle((current) => current.reject(new Failure(report.failure.code, report.failure.message)))
        break
      default:
        report satisfies never
    }
  }

  #settle(tell: (current: Waiting<Answer>) => void): void {
    const current = this.#current
    this.#current = null
    this.#limit(this.#settings.idleMs, () => this.#lose('died', 'idle'))
    this.#timer?.unref()
    if (current !== null) {
      try {
        tell(current)
      } catch (error) {
        current.reject(error)
      }
    }
    this.#onFree()
  }

  /** The process is gone or has to go; its question is lost, the next one gets another process. */
  #lose(how: 'died' | 'hung', detail: string): void {
    const { name, describeLoss } = this.#settings
    this.#drop(this.#isReady ? describeLoss(how, detail) : new NotStarted(name, detail))
  }

  #drop(reason: Failure): void {
    clearTimeout(this.#timer)
    const process = this.#process
    const current = this.#current
    this.#process = null
    this.#current = null
    this.#isReady = false
    process?.kill()
    current?.reject(reason)
    if (current !== null) this.#onFree()
  }

  #limit(ms: number, end: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(end, ms)
  }
}

function givenUp(): Failure {
  return new Failure('cancelled', 'This was given up before it was done.')
}
