// Batches come thousands a second; people and curves need a few messages a second.
import type { BatchProgress } from '#shared/core/training/train.ts'
import type { BatchLoss, TrainingProgress } from '#shared/run-events.ts'

const REPORT_EVERY_MS = 250
const MAX_LOSSES_A_REPORT = 20

export class ProgressThinner {
  #reportedAt = Number.NEGATIVE_INFINITY
  #losses: BatchLoss[] = []

  /** What to report after this batch, or null when it is not yet time. */
  add(progress: BatchProgress, now = performance.now()): TrainingProgress | null {
    this.#losses.push({ epoch: progress.epoch, batch: progress.batch, loss: progress.batchLoss })
    const isLast = progress.batch === progress.batches
    if (!isLast && now - this.#reportedAt < REPORT_EVERY_MS) return null
    const { epoch, batch, batches, loss, accuracy, imagesPerSecond, remainingMs } = progress
    const batchLosses = thin(this.#losses)
    this.#reportedAt = now
    this.#losses = []
    return {
      ...{ epoch, batch, batches, loss, accuracy, imagesPerSecond, remainingMs, batchLosses },
      memoryBytes: process.memoryUsage.rss(),
    }
  }
}

/** Every n-th, the last among them, so that at most `MAX_LOSSES_A_REPORT` remain. */
function thin<T>(items: readonly T[]): T[] {
  const every = Math.ceil(items.length / MAX_LOSSES_A_REPORT)
  return items.filter((_, index) => (items.length - 1 - index) % every === 0)
}
