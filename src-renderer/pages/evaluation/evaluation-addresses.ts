// Where the images behind a figure are: the page of the dataset with a filter that says so.
import type { ImageFilter, PredictionFilter } from '#shared/images.ts'
import { addressOfImages } from '../../state/image-address.ts'
import type { EvaluatedSplit } from './answered-split.ts'

/** Of validation images the training split holds, and of those a run has answered no others. */
const SPLITS: Readonly<Record<EvaluatedSplit, ImageFilter['splits']>> = {
  test: ['test'],
  validation: ['train'],
}

function answers(runId: string, changes: Partial<PredictionFilter> = {}): PredictionFilter {
  return { runId, classes: [], outcome: null, confidence: [0, 1], differsFrom: null, ...changes }
}

/** The addresses of one run and split on one dataset. */
export class EvaluationAddresses {
  readonly #datasetId: string
  readonly #runId: string
  readonly #splits: ImageFilter['splits']

  constructor(datasetId: string, runId: string, split: EvaluatedSplit) {
    this.#datasetId = datasetId
    this.#runId = runId
    this.#splits = SPLITS[split]
  }

  /** Images of one class that were taken for another, or rightly for this one. */
  cell(truth: number, answer: number): string {
    return this.#address({ classes: [truth], prediction: answers(this.#runId, { classes: [answer] }) })
  }

  /** Every wrong answer, the surest first. */
  mistakes(): string {
    const filter = { splits: this.#splits, prediction: answers(this.#runId, { outcome: 'wrong' }) }
    return addressOfImages(this.#datasetId, filter, { by: 'confidence', descending: true })
  }

  /** One of the mistakes, opened among the others. */
  mistake(image: number): string {
    return `${this.mistakes()}&image=${image}`
  }

  /** Images whose answers were given with so much confidence, both ends included. */
  confident(low: number, high: number): string {
    return this.#address({ prediction: answers(this.#runId, { confidence: [low, high] }) })
  }

  /** Images that this run has right and the other wrong. */
  onlyThis(other: string): string {
    return this.#address({ prediction: answers(this.#runId, { outcome: 'right', differsFrom: other }) })
  }

  /** Images that the other run has right and this one wrong. */
  onlyOther(other: string): string {
    return this.#address({ prediction: answers(other, { outcome: 'right', differsFrom: this.#runId }) })
  }

  /** Images that the two answer differently, be it that both are wrong. */
  differing(other: string): string {
    return this.#address({ prediction: answers(this.#runId, { differsFrom: other }) })
  }

  listed(images: readonly number[]): string {
    return addressOfImages(this.#datasetId, { images: [...images], prediction: answers(this.#runId) })
  }

  #address(filter: Partial<ImageFilter>): string {
    return addressOfImages(this.#datasetId, { splits: this.#splits, ...filter })
  }
}
