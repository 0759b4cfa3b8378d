// The true classes of test images from the image thread, which reads datasets so that nobody waits for it.
import { Failure } from '#shared/failure.ts'
import type { ReadTestLabels } from '../datasets/test-labels.ts'
import type { ImageDesk } from './image-desk.ts'

export function askTestLabels(images: Pick<ImageDesk, 'describe' | 'readLabels'>): ReadTestLabels {
  return async ({ id, directory, hash }) => {
    const source = { datasetId: id, directory }
    try {
      const format = await images.describe(source)
      if (format.hash !== hash) return null
      const labels = new Uint8Array(await (await images.readLabels(source)).arrayBuffer())
      return labels.subarray(format.trainCount)
    } catch (error) {
      if (error instanceof Failure) return null // it is gone or damaged, which is no reason not to show the rest
      throw error
    }
  }
}
