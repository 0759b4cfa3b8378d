// Engines that compute on a device of their own, with a memory of its own. What is asked of them is only queued; to read a
// number back is to wait for all that was asked before it.
import * as tf from '@tensorflow/tfjs'

/** TensorFlow.js's backends that have one. `tensorflow` has one only with a GPU, but loses nothing without. */
const WITH_DEVICE: readonly string[] = ['webgpu', 'tensorflow']
const MEBIBYTE = 2 ** 20
/** What every device can hold in one piece, by WebGPU's defaults. */
const LEAST_ROOM = 128 * MEBIBYTE
/** More than this stays in the memory of the program, however large the device is. */
const MOST_ROOM = 1024 * MEBIBYTE

/** What WebGPU says of a device's largest piece of memory. */
interface DeviceBackend {
  readonly device?: {
    readonly limits?: { readonly maxStorageBufferBindingSize: number; readonly maxBufferSize: number }
  }
}

export function hasDevice(): boolean {
  return WITH_DEVICE.includes(tf.getBackend())
}

/** Bytes that one tensor may take on the device of the running engine; 0 where it has none. */
export function deviceRoom(): number {
  if (!hasDevice()) return 0
  const { limits } = (tf.backend() as DeviceBackend).device ?? {}
  const room =
    limits === undefined ? LEAST_ROOM : Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize)
  return Math.min(room, MOST_ROOM)
}
