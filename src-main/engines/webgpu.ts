// Engine `webgpu`: TensorFlow.js's WebGPU backend on the GPU of this machine, reached from Node through Dawn. Needs no
// CUDA; works with Vulkan, Direct3D 12 and Metal.
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs'
import { Failure } from '#shared/failure.ts'
import {
  describeAdapter,
  describeLostDevice,
  findAdapter,
  type Gpu,
  type GpuDevice,
  refuseDevice,
} from '#shared/gpu-adapter.ts'
import { tellDeviceLoss } from './device-loss.ts'
import type { Engine } from './engine.ts'

export const webgpuEngine: Engine = {
  name: 'webgpu',
  async start() {
    if (isUtilityProcess()) throw refuseHere()
    const adapter = await findAdapter(navigatorGpu() ?? (await installDawn()))
    await import('@tensorflow/tfjs-backend-webgpu')
    if (!(await tf.setBackend('webgpu'))) throw refuseDevice()
    const { device } = tf.backend() as tf.KernelBackend & { readonly device: GpuDevice }
    void device.lost.then(({ message }) => tellDeviceLoss(describeLostDevice(message)))
    return {
      name: 'webgpu',
      backend: 'webgpu',
      versions: {
        '@tensorflow/tfjs': tf.version.tfjs,
        '@tensorflow/tfjs-backend-webgpu': readVersion('@tensorflow/tfjs-backend-webgpu'),
        webgpu: readVersion('webgpu'),
      },
      threads: null,
      ...describeAdapter(adapter),
    }
  },
}

/** Electron's processes may not hand memory of a driver to JavaScript, which Dawn does: it would bring the process down. */
function isUtilityProcess(): boolean {
  return 'parentPort' in process
}

function refuseHere(): Failure {
  return new Failure(
    'unavailable',
    'The engine webgpu computes in a window of its own, and does so for trainings alone.',
  )
}

function navigatorGpu(): Gpu | null {
  return (globalThis as { navigator?: { gpu?: Gpu } }).navigator?.gpu ?? null
}

/** Puts `navigator.gpu` where TensorFlow.js looks for it. */
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

function readVersion(name: string): string {
  const record = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }
  return record.version
}
