// Calls about how reliable a run's confidence is.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildEvaluationCalls({ evaluation }: Calls, { evaluations }: Pick<Host, 'evaluations'>) {
  return {
    read: evaluation.read.handler(({ input }) => evaluations.read(input.runId)),
    measure: evaluation.measure.handler(({ input }) => evaluations.measure(input.runId)),
    cancel: evaluation.cancel.handler(async ({ input }) => {
      await evaluations.cancel(input.runId)
      return {}
    }),
  }
}
