import { expect, it } from 'vitest'
import { buildComparisonReport } from '#main/reports/comparison-report.ts'
import { judge } from '#shared/compare/judge.ts'
import type { Run } from '#shared/run.ts'
import { sampleRun, trainSample } from '../store/sample-runs.ts'
import { temporaryStore } from '../store/temporary-home.ts'

function report(runs: readonly Run[]) {
  const subjects = runs.map(({ id, experiment, dataset }) => ({
    ...{ runId: id, experiment, datasetHash: dataset.hash },
    ...{ engine: null, test: null, right: null },
  }))
  const verdicts = judge(subjects, runs[0]?.id ?? '')
  return buildComparisonReport({ runs, verdicts, version: '1', writtenAt: '2026-01-01T00:00:00Z' })
}

it('gives the command that repeats each run, and of an adapted one how it is handed on with its photos', async () => {
  const store = await temporaryStore()
  const plain = await store.findRun((await trainSample(store, 1, sampleRun({ epochs: 1 }))).id)
  const adaptation = { parentRunId: plain.id, parentEpoch: 1, photos: 'ab'.repeat(8), photoCount: 76 }
  const adapted: Run = { ...plain, id: 'zzzzzzzz', experiment: { ...plain.experiment, adaptation } }
  const { blocks } = report([plain, adapted])
  const lines = blocks.flatMap((block) => (block.kind === 'commands' ? block.lines : []))
  expect(lines[0]?.command).toMatch(/^atelier train .*--seed /)
  expect(lines[1]?.command).toBe('atelier export-runs zzzzzzzz --to zzzzzzzz.zip')
  expect(lines[1]?.about).toContain(`adapted with 76 photos, from ${plain.id}`)
  const [table] = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))
  expect(table?.rows).toContainEqual(['Adapted', '-', `76 photos, from ${plain.id}`])
})
