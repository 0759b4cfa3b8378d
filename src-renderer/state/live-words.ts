// What the run in training does at this moment, for people: the same words in the queue, at the side and on its page.
import type { Experiment } from '#shared/experiment.ts'
import type { MachineWork } from '#shared/queue.ts'
import type { TrainingProgress } from '#shared/run-events.ts'
import { writeRemaining } from '../parts/numbers.ts'
import type { Datasets } from './datasets.svelte.ts'
import type { History } from './history.svelte.ts'

/** @param progress where it is, as it last told; null before its first batch */
export function describePlace(
  experiment: Experiment,
  finishedEpochs: number,
  progress: TrainingProgress | null,
  isPaused: boolean,
): string {
  if (progress === null && !isPaused) return describeBeginning(experiment, finishedEpochs)
  const { epochs } = experiment
  const epoch = progress?.epoch ?? Math.min(epochs, finishedEpochs + 1)
  return `${isPaused ? 'paused in epoch' : 'epoch'} ${epoch} of ${epochs}`
}

/** What comes before the first batch is told of. */
export function describeBeginning(
  { adaptation }: Pick<Experiment, 'adaptation'>,
  finishedEpochs: number,
): string {
  return adaptation !== null && finishedEpochs === 0
    ? 'measuring what the adaptation gains'
    : 'starting the engine'
}

/** Why the run does not train yet. */
export function describeWait(work: MachineWork, names: { history: History; datasets: Datasets }): string {
  return `waits for the machine: ${describeWork(work, names)}`
}

function describeWork(
  work: MachineWork,
  { history, datasets }: { history: History; datasets: Datasets },
): string {
  switch (work.kind) {
    case 'looking-through':
      return `the images of ${datasets.find(work.datasetId)?.name ?? work.datasetId} are being looked through`
    case 'measuring-speed':
      return `the speed of ${work.engine} is being measured`
    case 'measuring-confidence':
      return `the confidence of ${history.find(work.runId)?.name ?? work.runId} is being measured`
    case 'training':
      return `${history.find(work.runId)?.name ?? work.runId} is in training`
  }
}

/** @param remainingMs of the training alone: when it is over, images are still evaluated */
export function writeLeft(remainingMs: number): string {
  return remainingMs === 0 ? 'evaluating' : writeRemaining(remainingMs)
}

/** As `writeLeft`, where nothing else says that it is what is left. */
export function describeLeft(remainingMs: number): string {
  return remainingMs === 0 ? writeLeft(remainingMs) : `${writeLeft(remainingMs)} left`
}
