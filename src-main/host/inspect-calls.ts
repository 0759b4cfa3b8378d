// Calls about the inside of a run's network.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildInspectCalls(calls: Calls, { inspect }: Pick<Host, 'inspect'>) {
  const group = calls.inspect
  return {
    look: group.look.handler(({ input: { runId, subject } }) => inspect.look(runId, subject)),
    readWeights: group.readWeights.handler(({ input: { runId, subject, layer, from, count } }) =>
      inspect.readWeights(runId, subject, layer, from, count),
    ),
    gradCam: group.gradCam.handler(({ input: { runId, subject, layer, label } }) =>
      inspect.gradCam(runId, subject, layer, label),
    ),
    occlude: group.occlude.handler(({ input: { runId, subject, label } }) =>
      inspect.occlude(runId, subject, label),
    ),
  }
}
