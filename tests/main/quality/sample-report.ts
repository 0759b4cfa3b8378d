// A small report with a finding of each kind.
import { QUALITY_METHODS, type QualityReport } from '#shared/quality.ts'

export function sampleReport(changes: Partial<QualityReport> = {}): QualityReport {
  return {
    format: 1,
    methods: QUALITY_METHODS,
    datasetId: 'sketches',
    datasetHash: 'd'.repeat(64),
    trainCount: 100,
    testCount: 20,
    computedAt: '2026-11-20T10:00:00.000Z',
    stages: [{ stage: 'loading', ms: 120 }],
    memoryBytes: 200_000_000,
    engine: 'cpu',
    duplicates: {
      found: 1,
      limit: 0.1,
      findings: [
        {
          exact: true,
          distance: 0,
          members: [
            { image: 4, label: 1, distance: 0 },
            { image: 104, label: 1, distance: 0 },
          ],
          leaks: true,
          disagrees: false,
        },
      ],
    },
    labels: {
      found: 1,
      findings: [
        { image: 7, given: 0, suggested: 1, givenProbability: 0, suggestedProbability: 1, score: 1 },
      ],
      source: { type: 'run', runId: '0123abcd', name: 'A run' },
      covered: { train: 0, test: 20 },
      agreement: 0.9,
      errorShare: 0.05,
      joint: [
        [0.45, 0.05],
        [0, 0.5],
      ],
    },
    outliers: {
      found: 1,
      neighbours: 10,
      typical: [[1, 2, 3], [4]],
      findings: [{ image: 9, label: 1, score: 2.5 }],
    },
    poor: {
      found: 1,
      findings: [{ image: 11, label: 0, lack: 'constant', entropy: 0, inkShare: 0, contrast: 0, score: 1 }],
    },
    ...changes,
  }
}
