// Calls about how tables are looked at.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildViewCalls(calls: Calls, { views }: Host) {
  return {
    read: calls.views.read.handler(({ input }) => views.read(input.table)),
    arrange: calls.views.arrange.handler(({ input }) => views.arrange(input.table, input.arrangement)),
    save: calls.views.save.handler(({ input }) => views.save(input.table, input.view)),
    remove: calls.views.remove.handler(({ input }) => views.remove(input.table, input.name)),
  }
}
