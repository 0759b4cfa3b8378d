// What the engine webgpu asks of WebGPU's `GPU`, in Node and in a page alike; the rest is TensorFlow.js's business.
import { Failure } from './failure.ts'

export interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<GpuAdapter | null>
}

export interface GpuAdapter {
  readonly info: {
    readonly vendor: string
    readonly device: string
    readonly description: string
    /** True for one that computes on the processor, such as SwiftShader. */
    readonly isFallbackAdapter?: boolean
  }
}

/** @throws Failure 'unavailable' when no GPU answers */
export async function findAdapter(gpu: Gpu): Promise<GpuAdapter> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter !== null) return adapter
  throw new Failure(
    'unavailable',
    'The engine webgpu did not start: no GPU with a Vulkan, Direct3D 12 or Metal driver was found.',
  )
}

/** What of an engine's description the adapter decides. */
export function describeAdapter({ info }: GpuAdapter): {
  readonly gpu: string
  readonly notice: string | null
} {
  const words = [info.vendor, info.device, info.description].filter((word) => word !== '')
  const isSoftware = info.isFallbackAdapter === true
  return {
    gpu: words.join(' ') || 'GPU',
    notice: isSoftware ? 'No GPU was found: a program computes in its place on the processor, slowly.' : null,
  }
}

/** TensorFlow.js's backend gets no device from an adapter that there is. */
export function refuseDevice(): Failure {
  return new Failure(
    'unavailable',
    'The engine webgpu did not start: the GPU gave no device. Update its driver.',
  )
}

/** What TensorFlow.js's backend computes with. */
export interface GpuDevice {
  /** Settles when the device is gone, with its driver or with the window's. */
  readonly lost: Promise<{ readonly message: string }>
}

/** What becomes of a training whose device is gone: nothing that it says afterwards is a number. */
export function describeLostDevice(message: string): Failure {
  const reason = message === '' ? '' : ` (${message})`
  return new Failure(
    'unavailable',
    `The GPU was lost while it computed${reason}. Finished epochs are kept: resume the run, or go on with another engine.`,
  )
}
