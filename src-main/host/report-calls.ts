// Calls that write reports.
import { buildTableResults } from '#shared/paper/table-results.ts'
import { chooseTables } from '#shared/paper/tables.ts'
import type { Report } from '#shared/report/report.ts'
import { writeHtml } from '#shared/report/write-html.ts'
import { readPaper } from '../paper/read-paper.ts'
import { buildComparisonReport } from '../reports/comparison-report.ts'
import { buildPaperReport } from '../reports/paper-report.ts'
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildReportCalls(calls: Calls, { backend, comparisons, version }: Host) {
  const { store, describeDataset } = backend
  const now = () => ({ version, writtenAt: new Date().toISOString() })
  return {
    compare: calls.reports.compare.handler(async ({ input: { runIds, baseline } }) => {
      const verdicts = await comparisons.judge(runIds, baseline)
      const runs = await Promise.all(runIds.map((runId) => store.findRun(runId)))
      return hand('atelier-comparison.html', buildComparisonReport({ runs, verdicts, ...now() }))
    }),
    paper: calls.reports.paper.handler(async ({ input }) => {
      const state = await readPaper({ store, describeDataset }, input)
      const tables = buildTableResults(chooseTables(input.tables), state)
      return hand('atelier-paper.html', buildPaperReport({ tables, state, ...now() }))
    }),
  }
}

function hand(name: string, report: Report): { readonly name: string; readonly html: string } {
  return { name, html: writeHtml(report) }
}
