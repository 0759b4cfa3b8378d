// Calls about datasets.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildDatasetCalls(calls: Calls, { datasets }: Host) {
  return {
    list: calls.datasets.list.handler(() => datasets.list()),
    add: calls.datasets.add.handler(({ input }) => datasets.add(input)),
    addPhotos: calls.datasets.addPhotos.handler(({ input }) => datasets.addPhotos(input)),
    download: calls.datasets.download.handler(({ input }) => datasets.download(input.id)),
    cancel: calls.datasets.cancel.handler(({ input }) => {
      datasets.cancel(input.id)
      return {}
    }),
    verify: calls.datasets.verify.handler(async ({ input }) => ({ hash: await datasets.verify(input.id) })),
    remove: calls.datasets.remove.handler(async ({ input }) => {
      await datasets.remove(input.id)
      return {}
    }),
  }
}
