// Engines that compute on a device of their own, with a memory of its own. What is asked of them is only queued; to read a
// number back is to wait for all that was asked before it.
import * as tf from '@tensorflow/tfjs'

const MEBIBYTE = 2 ** 20
/** What every device can hold in one piece, by WebGPU's defaults. */
const LEAST_ROOM = 128 * MEBIBYTE
/** More than this stays in the memory of the program, however large the device is. */
const MOST_ROOM = 1024 * MEBIBYTE

/** What backends say of themselves beyond TensorFlow.js's interface. */
interface DeviceBackend {
  /** WebGPU's, with the largest pieces of memory that it gives. */
  readonly device?: {
    readonly limits?: { readonly maxStorageBufferBindingSize: number; readonly maxBufferSize: number }
  }
  /** libtensorflow's. */
  readonly isUsingGpuDevice?: boolean
}

export function hasDevice(): boolean {
  return deviceRoom() > 0
}

/** Bytes that one tensor may take on the device of the running engine; 0 where it has none. */
export function deviceRoom(): number {
  const { device, isUsingGpuDevice } = tf.backend() as DeviceBackend
  switch (tf.getBackend()) {
    case 'webgpu': {
      const { maxStorageBufferBindingSize = LEAST_ROOM, maxBufferSize = LEAST_ROOM } = device?.limits ?? {}
      return Math.min(maxStorageBufferBindingSize, maxBufferSize, MOST_ROOM)
    }
    case 'tensorflow':
      return isUsingGpuDevice === true ? MOST_ROOM : 0
    default:
      return 0
  }
}
