// The experiment that the Experiments page is asked to start from, such as a duplicate of a run. Whoever sets it goes
// to #/experiments; that page takes it once.
import type { Experiment } from '#shared/experiment.ts'

export interface DraftOrigin {
  readonly experiment: Experiment
  /** Where it comes from, for people: the name of the run. */
  readonly origin: string
}

export class Draft {
  #waiting: DraftOrigin | null = $state.raw(null)

  get isWaiting(): boolean {
    return this.#waiting !== null
  }

  setDraft(experiment: Experiment, origin: string): void {
    this.#waiting = { experiment: structuredClone(experiment), origin }
  }

  /** Hands the draft over; the next call finds none. */
  takeDraft(): DraftOrigin | null {
    const draft = this.#waiting
    this.#waiting = null
    return draft
  }
}
