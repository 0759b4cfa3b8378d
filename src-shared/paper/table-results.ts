// The tables as they are shown: beside every printed figure ours as mean and spread over seeds, the difference, and what
// it means. Pure data for the page, the terminal, the kept result and the report.
import type { EngineName } from '../engine.ts'
import type { Interval } from '../core/statistics/intervals.ts'
import { meanInterval } from '../core/statistics/mean-difference.ts'
import { spreadOf, type Spread } from '../core/statistics/spread.ts'
import { type PaperEvidence, readMetric, selectCounted } from './evidence.ts'
import { describeFinding } from './findings.ts'
import type { PaperTiming } from './paper-state.ts'
import type { PaperFinding, PaperRow, PaperTable } from './plan.ts'
import type { MetricName } from './printed-figures.ts'
import { judge, type PaperVerdict } from './verdict.ts'

export interface PaperCell {
  /** As it is printed: an accuracy in percent. */
  readonly printed: string | null
  /** Ours, over seeds; an accuracy as a share. */
  readonly spread: Spread | null
  /** 95 % of the mean; null for a single seed. */
  readonly interval: Interval | null
  /** Our mean minus the printed figure, an accuracy as a share; null where either is not there. */
  readonly difference: number | null
}

export interface PaperSeconds {
  readonly printed: string | null
  readonly ours: number | null
  /** Whether it was taken by `atelier paper time`, with nothing else on the machine. */
  readonly isAlone: boolean
}

export interface PaperRowResult {
  readonly row: PaperRow
  /** By seed. */
  readonly evidence: readonly PaperEvidence[]
  /** Those that the figures are the mean of: all, or where some seeds collapsed the others. */
  readonly counted: readonly PaperEvidence[]
  /** More than one is to be flagged: engines agree only nearly. */
  readonly engines: readonly EngineName[]
  readonly cells: Readonly<Record<MetricName, PaperCell>>
  readonly seconds: PaperSeconds
  readonly verdict: PaperVerdict
}

export interface PaperFindingResult {
  readonly finding: PaperFinding
  /** What our runs show of it; null where there are none yet, or nothing to count. */
  readonly shown: string | null
}

export interface PaperTableResult {
  readonly table: PaperTable
  readonly rows: readonly PaperRowResult[]
  readonly findings: readonly PaperFindingResult[]
}

export interface PaperResults {
  readonly evidence: readonly PaperEvidence[]
  readonly timings: readonly PaperTiming[]
  /** Why figures of this scope are not compared with the paper's; null when they are. */
  readonly reservation: string | null
}

export function buildTableResults(tables: readonly PaperTable[], results: PaperResults): PaperTableResult[] {
  return tables.map((table) => {
    const rows = table.rows.map((row) => buildRowResult(row, results))
    const findings = table.findings.map((finding) => ({ finding, shown: describeFinding(finding, rows) }))
    return { table, rows, findings }
  })
}

function buildRowResult(row: PaperRow, { evidence, timings, reservation }: PaperResults): PaperRowResult {
  const own = evidence.filter(({ rowId }) => rowId === row.id).toSorted((a, b) => a.seed - b.seed)
  const counted = selectCounted(own)
  const isCompared = reservation === null
  const cell = (metric: MetricName): PaperCell => buildCell(row, metric, counted, isCompared)
  const cells = {
    trainLoss: cell('trainLoss'),
    trainAccuracy: cell('trainAccuracy'),
    testLoss: cell('testLoss'),
    testAccuracy: cell('testAccuracy'),
  } satisfies Record<MetricName, PaperCell>
  return {
    row,
    evidence: own,
    counted,
    engines: [...new Set(own.map(({ engine }) => engine))],
    cells,
    seconds: buildSeconds(row, own, timings),
    verdict: judgeRow(row, counted, cells, reservation),
  }
}

function judgeRow(
  row: PaperRow,
  evidence: readonly PaperEvidence[],
  cells: PaperRowResult['cells'],
  reservation: string | null,
): PaperVerdict {
  if (evidence.length === 0) return { kind: 'open' }
  if (reservation !== null) return { kind: 'not-compared', reason: reservation }
  return judge(cells, row.departure, evidence)
}

function buildCell(
  { printed }: PaperRow,
  metric: MetricName,
  evidence: readonly PaperEvidence[],
  isCompared: boolean,
): PaperCell {
  const values = evidence.flatMap((one) => readMetric(one, metric) ?? [])
  const spread = spreadOf(values)
  const text = printed?.[metric] ?? null
  const scale = metric.endsWith('Accuracy') ? 100 : 1
  const difference =
    text === null || spread === null || !isCompared ? null : spread.mean - Number(text) / scale
  return { printed: text, spread, interval: meanInterval(values), difference }
}

function buildSeconds(
  { id, printed }: PaperRow,
  evidence: readonly PaperEvidence[],
  timings: readonly PaperTiming[],
): PaperSeconds {
  const alone = timings.find(({ rowId }) => rowId === id)
  const meanMs = spreadOf(evidence.map(({ metrics }) => metrics.elapsedMs))?.mean
  return {
    printed: printed?.seconds ?? null,
    ours: alone?.seconds ?? (meanMs === undefined ? null : meanMs / 1000),
    isAlone: alone !== undefined,
  }
}

/** How many rows agree, differ, are open and are not compared. */
export function countVerdicts(
  results: readonly PaperTableResult[],
): Readonly<Record<PaperVerdict['kind'], number>> {
  const counts = { open: 0, 'not-compared': 0, agrees: 0, 'within-seeds': 0, differs: 0 }
  for (const { rows } of results) for (const { verdict } of rows) counts[verdict.kind]++
  return counts
}

export const METRIC_LABELS: Readonly<Record<MetricName, string>> = {
  trainLoss: 'Train loss',
  trainAccuracy: 'Train accuracy',
  testLoss: 'Test loss',
  testAccuracy: 'Test accuracy',
}
