// The whole plan: Tables I to VI of the paper and its missing baseline, each in a file of its own.
import type { PaperRow, PaperTable, PaperTableId } from './plan.ts'
import { BASELINES } from './tables/baselines.ts'
import { TABLE_I } from './tables/table-1-optimizer.ts'
import { TABLE_II } from './tables/table-2-loss.ts'
import { TABLE_III } from './tables/table-3-batch-size.ts'
import { TABLE_IV } from './tables/table-4-epochs.ts'
import { TABLE_V } from './tables/table-5-learning-rate.ts'
import { TABLE_VI } from './tables/table-6-pooling.ts'

export const PAPER_TABLES: readonly PaperTable[] = [
  TABLE_I,
  TABLE_II,
  TABLE_III,
  TABLE_IV,
  TABLE_V,
  TABLE_VI,
  BASELINES,
]

/** The tables with these ids, in the order of the paper. */
export function chooseTables(ids: readonly PaperTableId[]): readonly PaperTable[] {
  return PAPER_TABLES.filter(({ id }) => ids.includes(id))
}

export function rowsOf(tables: readonly PaperTable[]): readonly PaperRow[] {
  return tables.flatMap(({ rows }) => rows)
}
