// Calls about the inside of a run's network.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildInspectCalls(calls: Calls, { inspect }: Pick<Host, 'inspect'>) {
  const group = calls.inspect
  return {
    look: group.look.handler(({ input: { runId, subject } }) => inspect.look(runId, subject)),
    readWeights: group.readWeights.handler(({ input: { layer, from, count, ...at } }) =>
      inspect.readWeights(at, layer, from, count),
    ),
    gradCam: group.gradCam.handler(({ input: { layer, label, ...at } }) => inspect.gradCam(at, layer, label)),
    occlude: group.occlude.handler(({ input: { label, ...at } }) => inspect.occlude(at, label)),
  }
}
