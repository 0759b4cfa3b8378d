// What the run in training does at this moment, for people: the same words in the queue, at the side and on its page.
import type { Experiment } from '#shared/experiment.ts'
import { writeRemaining } from '../parts/numbers.ts'

/** What comes before the first batch is told of. */
export function describeBeginning(
  { adaptation }: Pick<Experiment, 'adaptation'>,
  finishedEpochs: number,
): string {
  return adaptation !== null && finishedEpochs === 0
    ? 'measuring what the adaptation gains'
    : 'starting the engine'
}

/** @param remainingMs of the training alone: when it is over, images are still evaluated */
export function writeLeft(remainingMs: number): string {
  return remainingMs === 0 ? 'evaluating' : writeRemaining(remainingMs)
}

/** As `writeLeft`, where nothing else says that it is what is left. */
export function describeLeft(remainingMs: number): string {
  return remainingMs === 0 ? writeLeft(remainingMs) : `${writeLeft(remainingMs)} left`
}
