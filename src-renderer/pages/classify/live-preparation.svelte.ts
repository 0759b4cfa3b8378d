// What preparation makes of a photo while one draws on it. Questions wait for a pause, one is with the worker at a time,
// and only the answer to the newest one counts.
import type { CutOutEdit, PreparationSettings } from '#shared/preparation.ts'
import type { PreparationAnswer, PreparationQuestion, PreparedPhoto } from './preparation-messages.ts'

const PAUSE_MS = 120

/** As much of a worker as is needed. */
export type PreparationWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

function startWorker(): PreparationWorker {
  return new Worker(new URL('./preparation-worker.ts', import.meta.url), { type: 'module' })
}

export class LivePreparation {
  prepared: PreparedPhoto | null = $state.raw(null)
  /** Why the newest question has no answer; empty where it has one. */
  problem = $state('')
  /** Whether what is shown is not yet that of the newest question. */
  isWorking = $state(false)
  readonly #photo: ImageData
  readonly #worker: PreparationWorker
  #number = 0
  #waiting: PreparationQuestion | null = null
  #isBusy = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(photo: ImageData, start: () => PreparationWorker = startWorker) {
    this.#photo = photo
    this.#worker = start()
    this.#worker.onmessage = ({ data }: MessageEvent<PreparationAnswer>) => this.#take(data)
    this.#worker.onerror = () => this.#fail()
  }

  ask(settings: PreparationSettings, edit: CutOutEdit | null): void {
    this.#waiting = { number: ++this.#number, photo: this.#photo, settings, edit }
    this.isWorking = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(), PAUSE_MS)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#worker.terminate()
  }

  #send(): void {
    this.#timer = undefined
    if (this.#isBusy || this.#waiting === null) return
    this.#isBusy = true
    this.#worker.postMessage(this.#waiting)
    this.#waiting = null
  }

  #take(answer: PreparationAnswer): void {
    this.#isBusy = false
    if (answer.number === this.#number) {
      this.isWorking = false
      this.problem = 'problem' in answer ? answer.problem : ''
      if ('prepared' in answer) this.prepared = answer.prepared
    }
    if (this.#timer === undefined) this.#send()
  }

  /** The script could not be loaded: nothing will answer. */
  #fail(): void {
    this.isWorking = false
    this.problem =
      'The preview could not be started. What you draw can be applied all the same; reload the page to see it here.'
  }
}
