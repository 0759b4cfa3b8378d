// The runs that have answered on a dataset's images, best first.
import type { RunSummary } from '#shared/run-list.ts'
import { writeShare } from '../../parts/numbers.ts'
import { labelRuns } from '../../parts/run-labels.ts'

export interface AnsweringRun {
  readonly id: string
  /** As no other of them is called. */
  readonly name: string
  /** Of its evaluation: '88.61 %'. */
  readonly accuracy: string
}

export function listRunsOf(runs: readonly RunSummary[], datasetHash: string): readonly AnsweringRun[] {
  const labels = labelRuns(runs)
  return runs
    .flatMap(({ id, name, dataset, evaluation, archived }) => {
      if (dataset.hash !== datasetHash || evaluation === null || archived) return []
      const { correct, count } = evaluation.metrics
      return [{ id, name: labels.get(id) ?? name, share: correct / Math.max(1, count) }]
    })
    .sort((one, other) => other.share - one.share)
    .map(({ id, name, share }) => ({ id, name, accuracy: writeShare(share) }))
}
