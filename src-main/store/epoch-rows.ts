// Epochs as rows and back: the metrics of the three splits lie side by side in one row.
import type { Selectable } from 'kysely'
import type { EpochMetrics, SplitMetrics } from '#shared/run.ts'
import type { EpochsTable } from './schema.ts'

export type EpochRow = Selectable<EpochsTable>

export function epochToRow(runId: string, metrics: EpochMetrics): EpochRow {
  const { train, validation, test } = metrics
  return {
    runId,
    epoch: metrics.epoch,
    trainLoss: train.loss,
    trainAccuracy: train.accuracy,
    trainExactLoss: train.exactLoss,
    trainCorrect: train.correct,
    trainCount: train.count,
    validationLoss: validation?.loss ?? null,
    validationAccuracy: validation?.accuracy ?? null,
    validationExactLoss: validation?.exactLoss ?? null,
    validationCorrect: validation?.correct ?? null,
    validationCount: validation?.count ?? null,
    testLoss: test?.loss ?? null,
    testAccuracy: test?.accuracy ?? null,
    testExactLoss: test?.exactLoss ?? null,
    testCorrect: test?.correct ?? null,
    testCount: test?.count ?? null,
    elapsedMs: metrics.elapsedMs,
    imagesPerSecond: metrics.imagesPerSecond,
  }
}

/** The row of an epoch, or what an outer join puts in its place where there is none. */
type JoinedEpochRow = { readonly [Column in Exclude<keyof EpochRow, 'runId'>]: EpochRow[Column] | null }

/** Null where there is no row. */
export function rowToEpoch(row: JoinedEpochRow): EpochMetrics | null {
  const { epoch, elapsedMs, imagesPerSecond } = row
  const train = splitMetrics(
    row.trainLoss,
    row.trainAccuracy,
    row.trainExactLoss,
    row.trainCorrect,
    row.trainCount,
  )
  if (epoch === null || train === null || elapsedMs === null || imagesPerSecond === null) return null
  const validation = splitMetrics(
    row.validationLoss,
    row.validationAccuracy,
    row.validationExactLoss,
    row.validationCorrect,
    row.validationCount,
  )
  const test = splitMetrics(row.testLoss, row.testAccuracy, row.testExactLoss, row.testCorrect, row.testCount)
  return { epoch, train, validation, test, elapsedMs, imagesPerSecond }
}

/** A split is measured whole or not at all; the tables' constraints see to it. */
export function splitMetrics(
  loss: number | null,
  accuracy: number | null,
  exactLoss: number | null,
  correct: number | null,
  count: number | null,
): SplitMetrics | null {
  if (loss === null || accuracy === null || exactLoss === null || correct === null || count === null)
    return null
  return { loss, accuracy, exactLoss, correct, count }
}
