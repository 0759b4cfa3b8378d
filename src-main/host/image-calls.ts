// Calls about the images of a dataset.
import type { Calls } from './calls.ts'
import type { Host } from './host.ts'

export function buildImageCalls(calls: Calls, { images }: Pick<Host, 'images'>) {
  const group = calls.images
  return {
    describe: group.describe.handler(({ input }) => images.describe(input)),
    readSheet: group.readSheet.handler(({ input: { images: wanted, ...source } }) =>
      images.readSheet(source, wanted),
    ),
    readLabels: group.readLabels.handler(({ input }) => images.readLabels(input)),
    readPredictions: group.readPredictions.handler(({ input: { runId, ...source } }) =>
      images.readPredictions(source, runId),
    ),
    select: group.select.handler(({ input: { filter, order, ...source } }) =>
      images.select(source, filter, order),
    ),
    countFacets: group.countFacets.handler(({ input: { filter, ...source } }) =>
      images.countFacets(source, filter),
    ),
    readStatistics: group.readStatistics.handler(({ input }) => images.readStatistics(input)),
    readClassImages: group.readClassImages.handler(({ input }) => images.readClassImages(input)),
    findNeighbours: group.findNeighbours.handler(({ input: { image, count, ...source } }) =>
      images.findNeighbours(source, image, count),
    ),
  }
}
