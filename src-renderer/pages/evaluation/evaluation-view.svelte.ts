// What the evaluation page of a run shows: the run, what was measured of its confidence, and its answers to single images.
// What is chosen also stands in the address.
import type { AppEvent } from '#shared/contract.ts'
import type { EvaluationState } from '#shared/evaluation.ts'
import { describeFailure } from '#shared/failure.ts'
import type { Run } from '#shared/run.ts'
import type { MatrixMeasure } from '../../parts/confusion-cells.ts'
import type { Connection } from '../../state/connection.svelte.ts'
import { type ImageLibrary, openImageLibrary, type RunAnswers } from '../../state/image-library.svelte.ts'
import type { AnsweredImages, EvaluatedSplit } from './answered-split.ts'

/** How the address calls the figures of a matrix. */
const SHARES: Readonly<Record<MatrixMeasure, string>> = {
  count: 'counts',
  row: 'truth',
  column: 'prediction',
}
const MEASURES: readonly MatrixMeasure[] = ['count', 'row', 'column']

export class EvaluationView {
  status: 'loading' | 'ready' | 'failed' | 'gone' = $state('loading')
  problem = $state('')
  run: Run | null = $state.raw(null)
  state: EvaluationState | null = $state.raw(null)
  imageLibrary: ImageLibrary | null = $state.raw(null)
  answers: RunAnswers | null = $state.raw(null)
  /** Why there are no images to show; empty where there are, or while they are on their way. */
  pictureProblem = $state('')
  split: EvaluatedSplit = $state('test')
  measure: MatrixMeasure = $state('row')
  hidesDiagonal = $state(false)
  /** The run that this one is compared with, or ''. */
  other = $state('')
  readonly runId: string
  readonly #connection: Connection
  readonly #stop: () => void
  #reads = 0

  readonly parameters: Readonly<Record<string, string>> = $derived({
    split: this.split === 'test' ? '' : this.split,
    shares: this.measure === 'row' ? '' : SHARES[this.measure],
    diagonal: this.hidesDiagonal ? 'hidden' : '',
    other: this.other,
  })
  readonly answered: AnsweredImages | null = $derived(
    this.imageLibrary === null || this.answers === null ? null : joinAnswers(this.imageLibrary, this.answers),
  )

  constructor(connection: Connection, runId: string, parameters: URLSearchParams) {
    this.runId = runId
    this.#connection = connection
    this.follow(parameters)
    this.#stop = connection.listen({ connected: () => void this.read(), heard: (event) => this.#hear(event) })
  }

  close(): void {
    this.#stop()
  }

  /** Shows what an address asks for. */
  follow(parameters: URLSearchParams): void {
    this.split = parameters.get('split') === 'validation' ? 'validation' : 'test'
    this.measure = MEASURES.find((measure) => SHARES[measure] === parameters.get('shares')) ?? 'row'
    this.hidesDiagonal = parameters.get('diagonal') === 'hidden'
    this.other = parameters.get('other') ?? ''
  }

  async read(): Promise<void> {
    const read = ++this.#reads
    const { client } = this.#connection
    const { runId } = this
    try {
      const [run, state] = await Promise.all([client.runs.read({ runId }), client.evaluation.read({ runId })])
      if (read !== this.#reads) return
      this.run = run
      this.state = state
      this.status = run.deletedAt === null ? 'ready' : 'gone'
      this.problem = ''
      if (run.evaluation !== null) await this.#readPictures(run, () => read === this.#reads)
    } catch (error) {
      if (read !== this.#reads) return
      const { code, message } = describeFailure(error)
      this.problem = message
      if (code === 'not-found') this.status = 'gone'
      else if (this.run === null) this.status = 'failed'
    }
  }

  /** @throws what the call refuses with */
  async measureConfidence(): Promise<void> {
    this.state = await this.#connection.client.evaluation.measure({ runId: this.runId })
  }

  /** @throws what the call refuses with */
  async cancel(): Promise<void> {
    await this.#connection.client.evaluation.cancel({ runId: this.runId })
  }

  /** Figures stand without pictures: where these cannot be had, the page says why. */
  async #readPictures({ dataset }: Run, isWanted: () => boolean): Promise<void> {
    try {
      const source = { datasetId: dataset.id, directory: dataset.directory }
      const library = this.imageLibrary ?? (await openImageLibrary(this.#connection.client, source))
      if (library.format.hash !== dataset.hash) {
        if (isWanted())
          this.pictureProblem = `${dataset.name} is not what this run saw any more: there are no images to show.`
        return
      }
      const answers = await library.readAnswers(this.runId)
      if (!isWanted()) return
      this.imageLibrary = library
      this.answers = answers
      this.pictureProblem = ''
    } catch (error) {
      if (isWanted()) this.pictureProblem = describeFailure(error).message
    }
  }

  #hear(event: AppEvent): void {
    if (!('runId' in event) || event.runId !== this.runId) {
      if (event.type === 'run-changed' && event.run.id === this.runId) void this.read()
      return
    }
    if (event.type === 'evaluation-changed') void this.read()
    if (event.type === 'run-deleted') this.status = 'gone'
    if (event.type === 'evaluation-progressed' && this.state !== null)
      this.state = { ...this.state, work: { progress: event.progress } }
  }
}

function joinAnswers(
  { format, labels }: ImageLibrary,
  { classes, probabilities }: RunAnswers,
): AnsweredImages {
  return { trainCount: format.trainCount, labels, classes, probabilities }
}
