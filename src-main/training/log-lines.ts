// The sentences of a run's log.
import type { AdaptationGain } from '#shared/adaptation.ts'
import type { EngineDescription } from '#shared/engine.ts'
import { type EpochMetrics, type Evaluation, exactAccuracy, type Run } from '#shared/run.ts'

/** @param finishedEpochs epochs that the run already had */
export function describeStart(engine: EngineDescription, finishedEpochs: number): readonly string[] {
  const threads = engine.threads === null ? null : `threads: ${engine.threads}`
  const where = [engine.name, engine.gpu, threads].filter((part) => part !== null).join(', ')
  const from = finishedEpochs === 0 ? 'Started' : `Goes on after epoch ${finishedEpochs}`
  const start = `${from} with the engine ${where}.`
  return engine.notice === null ? [start] : [start, engine.notice]
}

/** @param reason why the newest checkpoint cannot be used */
export function describeFallBack(epoch: number, reason: string): string {
  return `${reason} It goes on from the checkpoint of epoch ${epoch} instead; the epochs after it are trained again.`
}

export function describeEpoch({ epoch, train, validation, test }: EpochMetrics, epochs: number): string {
  const heldOut = [
    validation === null ? '' : `, validation ${percent(exactAccuracy(validation))}`,
    test === null ? '' : `, test ${percent(exactAccuracy(test))}`,
  ]
  const trained = `loss ${train.loss.toFixed(4)}, accuracy ${percent(exactAccuracy(train))}`
  return `Epoch ${epoch} of ${epochs}: ${trained}${heldOut.join('')}.`
}

export function describeCompletion({ metrics }: Evaluation): string {
  const { correct, count } = metrics
  return `Completed: ${correct} of ${count} test images are right (${percent(exactAccuracy(metrics))}).`
}

export function describeGain({ folds, count, before, after }: AdaptationGain): string {
  return (
    `Of ${count} photos ${before} were right before and ${after} are right after the adaptation, each judged by ` +
    `a copy that was adapted without it (${folds} folds).`
  )
}

/** How a run ended that was not completed, or that is still what it was. */
export function describeEnd({ status, reason }: Run): string {
  const what = `${status.charAt(0).toUpperCase()}${status.slice(1)}`
  return reason === null ? `${what}.` : `${what}: ${reason}`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
