// Engine `webgpu`: TensorFlow.js's WebGPU backend on the GPU of this machine, reached from Node through Dawn. Needs no
// CUDA; works with Vulkan, Direct3D 12 and Metal.
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs'
import { Failure } from '#shared/failure.ts'
import type { Engine } from './engine.ts'

/** What is asked of Dawn's `GPU` here; the rest is TensorFlow.js's business. */
interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<Adapter | null>
}

interface Adapter {
  readonly info: {
    readonly vendor: string
    readonly device: string
    readonly description: string
    /** True for one that computes on the processor, such as SwiftShader. */
    readonly isFallbackAdapter?: boolean
  }
}

export const webgpuEngine: Engine = {
  name: 'webgpu',
  async start() {
    const adapter = await findAdapter()
    await import('@tensorflow/tfjs-backend-webgpu')
    if (!(await tf.setBackend('webgpu'))) {
      throw new Failure(
        'unavailable',
        'The engine webgpu did not start: the GPU gave no device. Update its driver.',
      )
    }
    const software = adapter.info.isFallbackAdapter === true
    return {
      name: 'webgpu',
      backend: 'webgpu',
      versions: {
        '@tensorflow/tfjs': tf.version.tfjs,
        '@tensorflow/tfjs-backend-webgpu': readVersion('@tensorflow/tfjs-backend-webgpu'),
        webgpu: readVersion('webgpu'),
      },
      threads: null,
      gpu: describeAdapter(adapter),
      notice: software ? 'No GPU was found: a program computes in its place on the processor, slowly.' : null,
    }
  },
}

/** Puts `navigator.gpu` where TensorFlow.js looks for it, and asks whether a GPU answers. */
async function findAdapter(): Promise<Adapter> {
  const gpu = navigatorGpu() ?? (await installDawn())
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter !== null) return adapter
  throw new Failure(
    'unavailable',
    'The engine webgpu did not start: no GPU with a Vulkan, Direct3D 12 or Metal driver was found.',
  )
}

function navigatorGpu(): Gpu | null {
  return (globalThis as { navigator?: { gpu?: Gpu } }).navigator?.gpu ?? null
}

async function installDawn(): Promise<Gpu> {
  try {
    const { create, globals } = await import('webgpu')
    Object.assign(globalThis, globals)
    const gpu = create([])
    const before = (globalThis as { navigator?: object }).navigator ?? null
    const value = Object.assign(Object.create(before) as object, { gpu }) // Node's own navigator is read-only
    Object.defineProperty(globalThis, 'navigator', { value, configurable: true })
    return gpu
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw new Failure('unavailable', `The engine webgpu did not start: Dawn does not load here (${text}).`, {
      cause: error,
    })
  }
}

function describeAdapter({ info }: Adapter): string {
  const words = [info.vendor, info.device, info.description].filter((word) => word !== '')
  return words.join(' ') || 'GPU'
}

function readVersion(name: string): string {
  const record = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }
  return record.version
}
