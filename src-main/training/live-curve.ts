// The curve of a run in training, as far as it is not stored: the losses of the epoch that goes on, thinned evenly to a
// bounded number, and the newest progress. A page that is loaded in the middle begins with this.
import type { RunCurve } from '#shared/contract.ts'
import type { BatchLoss, TrainingProgress } from '#shared/run-events.ts'

const POINTS_AN_EPOCH = 200

export class LiveCurve {
  #epoch = 0
  #progress: TrainingProgress | null = null
  /** The last batch of each of `POINTS_AN_EPOCH` equal parts of the epoch. */
  #points = new Map<number, BatchLoss>()

  add(progress: TrainingProgress): void {
    this.#progress = progress
    for (const point of progress.batchLosses) {
      if (point.epoch !== this.#epoch) this.#begin(point.epoch)
      this.#points.set(Math.floor(((point.batch - 1) * POINTS_AN_EPOCH) / progress.batches), point)
    }
  }

  /** What is to be stored with an epoch that is finished. */
  readEpoch(epoch: number): readonly BatchLoss[] {
    return epoch === this.#epoch ? [...this.#points.values()] : []
  }

  read(): RunCurve {
    return { batchLosses: [...this.#points.values()], progress: this.#progress }
  }

  #begin(epoch: number): void {
    this.#epoch = epoch
    this.#points = new Map()
  }
}
