// What was measured of runs, as long as their weights are the same ones. A file that was read once is remembered until
// it may have changed.
import type { Run } from '#shared/run.ts'
import type { Home } from '../home.ts'
import type { StoreReader } from '../store/open-store.ts'
import { answersFileOf, type MeasuredAnswers, readAnswers } from './measured-answers.ts'

/** So many runs' answers stay in memory: some 100 kB each. */
const KEPT = 20

interface Surroundings {
  readonly store: Pick<StoreReader, 'listCheckpoints'>
  readonly home: Pick<Home, 'runFolder'>
}

export class AnswerShelf {
  readonly #surroundings: Surroundings
  readonly #known = new Map<string, Promise<MeasuredAnswers | null>>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /** Null for what was not measured with the run's newest weights. */
  async find({ id }: Pick<Run, 'id'>): Promise<MeasuredAnswers | null> {
    const { store, home } = this.#surroundings
    const checkpoints = await store.listCheckpoints(id)
    const newest = checkpoints.toSorted((one, other) => other.epoch - one.epoch)[0]
    return newest === undefined ? null : this.#read(answersFileOf(home.runFolder(id), newest))
  }

  /** Another process has written the file. */
  forget(file: string): void {
    this.#known.delete(file)
  }

  #read(file: string): Promise<MeasuredAnswers | null> {
    const known = this.#known.get(file)
    if (known !== undefined) return known
    const reading = readAnswers(file)
    this.#known.set(file, reading)
    reading.catch(() => this.#known.delete(file)) // whoever asked is told; the next one tries again
    for (const old of [...this.#known.keys()].slice(0, -KEPT)) this.#known.delete(old)
    return reading
  }
}
