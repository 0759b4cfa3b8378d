// Calls about the paper's tables.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'
import { PaperDesk } from './paper-desk.ts'

export function buildPaperCalls(calls: Calls, { backend, queue }: Host) {
  const desk = new PaperDesk(backend, queue)
  return {
    read: calls.paper.read.handler(({ input }) => desk.read(input)),
    queue: calls.paper.queue.handler(async ({ input: { engine, ...request } }) => ({
      runIds: [...(await desk.queueMissing(request, engine))],
    })),
  }
}
