// One line that shows how far a training is.
import type { TrainingProgress } from '#shared/run-events.ts'
import { duration, grouped, percent } from './numbers.ts'

const BAR_LENGTH = 24

export function describeProgress(progress: TrainingProgress, epochs: number): string {
  const { epoch, batch, batches, loss, accuracy, imagesPerSecond, remainingMs } = progress
  const filled = Math.round((batch / batches) * BAR_LENGTH)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_LENGTH - filled)
  const left = remainingMs === null ? '' : `  ${duration(remainingMs)} left`
  return (
    `Epoch ${epoch}/${epochs} ${bar} ${batch}/${batches}  loss ${loss.toFixed(4)}  ` +
    `accuracy ${percent(accuracy)}  ${grouped(imagesPerSecond)} images/s${left}`
  )
}
