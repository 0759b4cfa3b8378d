// The calls about comparisons as the fake host answers them.
import type { FakeHost } from './fake-host.ts'

type ComparisonImplementer = ReturnType<FakeHost['implement']>['comparisons']

export function answerComparisons(os: ComparisonImplementer, { comparisons }: FakeHost) {
  return {
    read: os.read.handler(({ input }) => comparisons.read(input.runIds)),
    judge: os.judge.handler(({ input }) => comparisons.judge(input.runIds, input.baseline)),
    contrast: os.contrast.handler(({ input }) => comparisons.contrast(input.first, input.second)),
    list: os.list.handler(() => comparisons.list()),
    save: os.save.handler(({ input }) => comparisons.save(input)),
    change: os.change.handler(({ input }) => comparisons.change(input.comparisonId, input.changes)),
    delete: os.delete.handler(({ input }) => (comparisons.delete(input.comparisonId), {})),
    restore: os.restore.handler(({ input }) => comparisons.restore(input.comparisonId)),
  }
}
