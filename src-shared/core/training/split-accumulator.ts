// Adds up the loss and the right answers of a split, batch by batch, both as the paper averages and exactly.
import type { SplitMetrics } from '../../run.ts'

export class SplitAccumulator {
  #batches = 0
  #lossOfBatches = 0
  #accuracyOfBatches = 0
  #lossOfImages = 0
  #correct = 0
  #count = 0

  /** @param meanLoss mean loss of the batch's images */
  add(meanLoss: number, correct: number, count: number): void {
    this.#batches += 1
    this.#lossOfBatches += meanLoss
    this.#accuracyOfBatches += correct / count
    this.#lossOfImages += meanLoss * count
    this.#correct += correct
    this.#count += count
  }

  /** Mean over the batches so far; 0 before the first. */
  get loss(): number {
    return this.#batches === 0 ? 0 : this.#lossOfBatches / this.#batches
  }

  /** Share of the images so far that were right; 0 before the first. */
  get exactAccuracy(): number {
    return this.#count === 0 ? 0 : this.#correct / this.#count
  }

  /** @throws RangeError before the first batch: there is no mean of nothing */
  compute(): SplitMetrics {
    if (this.#count === 0) throw new RangeError('metrics of a split need at least one batch')
    return {
      loss: this.loss,
      accuracy: this.#accuracyOfBatches / this.#batches,
      exactLoss: this.#lossOfImages / this.#count,
      correct: this.#correct,
      count: this.#count,
    }
  }
}
