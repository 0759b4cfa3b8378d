// What a reader that is slow may miss: only what a newer event says as well. Epochs and runs are never left out.
import type { AppEvent } from '#shared/contract.ts'
import type { BatchLoss, TrainingProgress } from '#shared/run-events.ts'

/** More points of a curve than this are not drawn between two looks of a reader. */
const MAX_LOSSES = 400

/** Puts an event behind those that wait, in the place of those that it makes superfluous. */
export function addEvent(waiting: AppEvent[], event: AppEvent): void {
  const older = waiting.findLastIndex((candidate) => supersedes(event, candidate))
  const [replaced] = older < 0 ? [] : waiting.splice(older, 1)
  waiting.push(replaced === undefined ? event : merge(replaced, event))
}

function supersedes(event: AppEvent, older: AppEvent): boolean {
  switch (event.type) {
    case 'training-progressed':
      return older.type === event.type && older.runId === event.runId
    case 'dataset-progressed':
      return older.type === event.type && older.id === event.id
    case 'photo-batch-changed':
      return older.type === event.type && older.batch.id === event.batch.id
    case 'photos-changed':
      return older.type === event.type && older.batchId === event.batchId
    case 'quality-progressed':
    case 'quality-changed':
      return older.type === event.type && older.datasetId === event.datasetId
    case 'evaluation-progressed':
    case 'evaluation-changed':
      return older.type === event.type && older.runId === event.runId
    case 'marks-changed':
      return older.type === event.type && older.datasetHash === event.datasetHash
    case 'calibration-progressed':
      return older.type === event.type && older.engine === event.engine
    case 'views-changed':
      return older.type === event.type && older.table === event.table
    case 'queue-changed':
    case 'settings-changed':
    case 'datasets-changed':
    case 'comparisons-changed':
      return older.type === event.type
    case 'run-changed':
    case 'run-deleted':
    case 'runs-annotated':
    case 'epoch-completed':
    case 'photo-batch-deleted':
      return false
    default:
      return event satisfies never
  }
}

function merge(older: AppEvent, newer: AppEvent): AppEvent {
  if (older.type !== 'training-progressed' || newer.type !== 'training-progressed') return newer
  return { ...newer, progress: mergeProgress(older.progress, newer.progress) }
}

/** The newest numbers, and the losses of both. */
function mergeProgress(older: TrainingProgress, newer: TrainingProgress): TrainingProgress {
  return { ...newer, batchLosses: thin([...older.batchLosses, ...newer.batchLosses]) }
}

function thin(losses: readonly BatchLoss[]): BatchLoss[] {
  const every = Math.ceil(losses.length / MAX_LOSSES)
  return losses.filter((_, index) => (losses.length - 1 - index) % every === 0)
}
