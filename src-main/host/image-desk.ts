// The images of datasets as the contract tells of them: what the image thread computes, with what it cannot know, which
// are the answers of runs and the flags that others have put on images.
import type { ImageFacets, ImageFormat, ImageSource } from '#shared/contract/images.ts'
import { Failure } from '#shared/failure.ts'
import type { ImageFilter, ImageOrder } from '#shared/images.ts'
import type { Run, SplitPredictions } from '#shared/run.ts'
import type { Backend } from '../backend.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
import type { ImageFlag, QuestionFacts, RunPredictions } from '../images/image-questions.ts'
import { ImageReader } from '../images/image-reader.ts'

export type FlaggedDataset = Pick<FullDescription, 'id' | 'hash' | 'trainCount'>

/** Whoever knows something of single images, by the dataset and its content hash, so that one can filter by it. */
export interface ImageFlagSource {
  readFlags(dataset: FlaggedDataset): Promise<readonly ImageFlag[]>
}

/** Whoever knows what a run answered on its validation images. */
export interface HeldOutSource {
  find(run: Run): Promise<{ readonly validation: SplitPredictions } | null>
}

export class ImageDesk {
  readonly #backend: Backend
  readonly #flagSources: readonly ImageFlagSource[]
  readonly #heldOut: HeldOutSource
  readonly #reader: ImageReader

  constructor(backend: Backend, flagSources: readonly ImageFlagSource[], heldOut: HeldOutSource) {
    this.#backend = backend
    this.#flagSources = flagSources
    this.#heldOut = heldOut
    this.#reader = new ImageReader({ datasetsFolder: backend.home.datasets })
  }

  async describe(source: ImageSource): Promise<ImageFormat> {
    return this.#reader.ask(source, { type: 'describe', hash: await this.#readHash(source) })
  }

  async readSheet(source: ImageSource, images: readonly number[]): Promise<Blob> {
    return new Blob([await this.#reader.ask(source, { type: 'sheet', images })])
  }

  async readLabels(source: ImageSource): Promise<Blob> {
    return new Blob([await this.#reader.ask(source, { type: 'labels' })])
  }

  /** @throws Failure 'not-found' for a run without answers, 'conflict' for one on other data */
  async readPredictions(source: ImageSource, runId: string): Promise<Blob> {
    const predictions = await this.#findPredictions(await this.#readHash(source), runId)
    return new Blob([await this.#reader.ask(source, { type: 'predictions', predictions })])
  }

  /** @throws Failure as readPredictions does, and 'invalid-setting' where the order lacks its run or its image */
  async select(source: ImageSource, filter: ImageFilter, order: ImageOrder): Promise<Blob> {
    const runId = requireOrder(order, filter)
    const facts = await this.#readFacts(source, filter, runId)
    return new Blob([await this.#reader.ask(source, { type: 'select', filter, order, facts })])
  }

  /** @throws Failure as readPredictions does */
  async countFacets(source: ImageSource, filter: ImageFilter): Promise<ImageFacets> {
    const facts = await this.#readFacts(source, filter, null)
    const { flags, ...counts } = await this.#reader.ask(source, { type: 'facets', filter, facts })
    const named = facts.flags.map(({ name, label }) => ({ name, label, count: flags.get(name) ?? 0 }))
    return { ...counts, flags: named }
  }

  readStatistics(source: ImageSource) {
    return this.#reader.ask(source, { type: 'statistics' })
  }

  async readClassImages(source: ImageSource): Promise<Blob> {
    return new Blob([await this.#reader.ask(source, { type: 'class-images' })])
  }

  findNeighbours(source: ImageSource, image: number, count: number) {
    return this.#reader.ask(source, { type: 'neighbours', image, count })
  }

  /** Datasets have changed. */
  forget(): void {
    this.#reader.forget()
  }

  close(): void {
    this.#reader.close()
  }

  async #readHash(source: ImageSource): Promise<string> {
    return (await this.#describe(source)).hash
  }

  #describe({ datasetId, directory }: ImageSource): Promise<FullDescription> {
    return this.#backend.describeDataset({ id: datasetId, directory })
  }

  async #readFacts(
    source: ImageSource,
    filter: ImageFilter,
    orderedBy: string | null,
  ): Promise<QuestionFacts> {
    const dataset = await this.#describe(source)
    const { hash } = dataset
    const { runId = null, differsFrom = null } = filter.prediction ?? {}
    const runIds = new Set([runId, differsFrom, orderedBy].filter((id) => id !== null))
    const [predictions, flags] = await Promise.all([
      Promise.all([...runIds].map((id) => this.#findPredictions(hash, id))),
      Promise.all(this.#flagSources.map((flagSource) => flagSource.readFlags(dataset))),
    ])
    return { predictions, flags: flags.flat() }
  }

  async #findPredictions(hash: string, runId: string): Promise<RunPredictions> {
    const { store } = this.#backend
    const run = await store.findRun(runId)
    if (run.dataset.hash !== hash)
      throw new Failure(
        'conflict',
        `The run ${run.name} was evaluated on other data (${run.dataset.name}). Choose a run of this dataset.`,
      )
    const predictions = await store.readPredictions(run.id)
    const { validationImages: count, splitSeed: seed } = run.experiment
    const measured = await this.#heldOut.find(run)
    const later = measured === null ? {} : { validation: measured.validation }
    const answers = { ...later, [run.evaluation?.split ?? 'test']: predictions }
    return { runId, answers, validation: { count, seed } }
  }
}

/** The run that the order needs, or null. */
function requireOrder({ by, image, runId }: ImageOrder, filter: ImageFilter): string | null {
  if (by === 'likeness' && image === null)
    throw new Failure('invalid-setting', 'To sort by likeness, say which image the others are likened to.')
  if (by !== 'confidence' && by !== 'answer' && by !== 'mistake') return null
  const run = runId ?? filter.prediction?.runId
  if (run !== undefined) return run
  throw new Failure('invalid-setting', `To sort by ${by}, choose the run whose answers are meant.`)
}
