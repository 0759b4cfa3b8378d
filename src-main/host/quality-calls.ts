// Calls about the quality of a dataset.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildQualityCalls({ quality }: Calls, { quality: desk }: Host) {
  return {
    read: quality.read.handler(({ input }) => desk.read(input)),
    readFindings: quality.readFindings.handler(({ input }) => desk.readFindings(input)),
    compute: quality.compute.handler(({ input: { runId, again, ...source } }) =>
      desk.compute(source, { runId, again }),
    ),
    cancel: quality.cancel.handler(async ({ input }) => {
      await desk.cancel(input)
      return {}
    }),
  }
}
