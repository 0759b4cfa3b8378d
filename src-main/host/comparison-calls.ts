// Calls about runs side by side.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildComparisonCalls(calls: Calls, { comparisons }: Host) {
  const group = calls.comparisons
  return {
    read: group.read.handler(({ input }) => comparisons.read(input.runIds)),
    judge: group.judge.handler(({ input }) => comparisons.judge(input.runIds, input.baseline)),
    contrast: group.contrast.handler(({ input }) => comparisons.contrast(input.first, input.second)),
    list: group.list.handler(() => comparisons.list()),
    save: group.save.handler(({ input }) => comparisons.save(input)),
    change: group.change.handler(({ input }) => comparisons.change(input.comparisonId, input.changes)),
    delete: group.delete.handler(async ({ input }) => {
      await comparisons.delete(input.comparisonId)
      return {}
    }),
    restore: group.restore.handler(({ input }) => comparisons.restore(input.comparisonId)),
  }
}
