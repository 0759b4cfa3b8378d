// Where the batches of a selection come from: built here from bytes, or gathered on a device that holds all of the images.
import * as tf from '@tensorflow/tfjs'
import type { NetworkTask } from '../models/layers.ts'
import { buildBatch, type Batch, type BatchChange, type Selection } from './batches.ts'
import { deviceRoom } from './device.ts'

export interface BatchSource {
  /**
   * The images `order[from .. to)` of the selection; without an order they come as they are.
   * @param change as buildBatch has it: such a batch is built here, wherever the images lie
   */
  build(order: Uint32Array | null, from: number, to: number, change?: BatchChange | null): Batch
  /** Gives back what lies on the device. */
  dispose(): void
}

/** Images stay on an engine's device where there is room for them; where there is none, each batch goes over by itself. */
export function openBatches(selection: Selection, task: NetworkTask): BatchSource {
  const bytes = 4 * selection.indices.length * task.height * task.width * task.channels
  return bytes > 0 && bytes <= deviceRoom() ? keepOnDevice(selection, task) : buildHere(selection, task)
}

export function buildHere(selection: Selection, task: NetworkTask): BatchSource {
  return {
    build: (order, from, to, change) => buildBatch(selection, task, order, from, to, change),
    dispose: () => undefined,
  }
}

function keepOnDevice(selection: Selection, task: NetworkTask): BatchSource {
  let kept: Batch | null = null
  return {
    build(order, from, to, change = null) {
      if (change !== null) return buildBatch(selection, task, order, from, to, change)
      kept ??= buildBatch(selection, task, null, 0, selection.indices.length)
      const { images, labels } = kept
      const rows = Int32Array.from({ length: to - from }, (_, index) => order?.[from + index] ?? from + index)
      return {
        images: tf.tidy(() => tf.gather(images, tf.tensor1d(rows, 'int32'))), // [batch, height, width, channels]
        labels: Int32Array.from(rows, (row) => labels[row] ?? 0),
      }
    },
    dispose: () => kept?.images.dispose(),
  }
}
