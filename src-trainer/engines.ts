// The engines of this page: `webgpu`, through the browser itself, and `cpu`, whose numbers its own are held against.
import * as tf from '@tensorflow/tfjs'
import type { EngineChoice, EngineDescription } from '#shared/engine.ts'
import { Failure } from '#shared/failure.ts'
import {
  describeAdapter,
  describeLostDevice,
  findAdapter,
  refuseDevice,
  type Gpu,
  type GpuDevice,
} from '#shared/gpu-adapter.ts'

/**
 * Makes an engine TensorFlow.js's backend in this page.
 * @param tellLoss is told when the GPU is gone
 * @throws Failure 'unavailable' when it does not start, or is not one of this page's
 */
export async function startEngine(
  choice: EngineChoice,
  tellLoss: (failure: Failure) => void,
): Promise<EngineDescription> {
  tf.enableProdMode()
  if (choice === 'webgpu') return startWebGpu(tellLoss)
  if (choice === 'cpu') return startCpu()
  throw new Failure('unavailable', `The engine ${choice} does not run in a window.`)
}

async function startWebGpu(tellLoss: (failure: Failure) => void): Promise<EngineDescription> {
  const { gpu } = navigator as { readonly gpu?: Gpu }
  if (gpu === undefined)
    throw new Failure(
      'unavailable',
      'The engine webgpu did not start: WebGPU is switched off in this window.',
    )
  const adapter = await findAdapter(gpu)
  await import('@tensorflow/tfjs-backend-webgpu')
  if (!(await tf.setBackend('webgpu'))) throw refuseDevice()
  const { device } = tf.backend() as tf.KernelBackend & { readonly device: GpuDevice }
  void device.lost.then(({ message }) => tellLoss(describeLostDevice(message)))
  const [, chromium = 'unknown'] = /Chrome\/([\d.]+)/.exec(navigator.userAgent) ?? []
  const versions = { '@tensorflow/tfjs': tf.version.tfjs, chromium }
  const { gpu: name, notice } = describeAdapter(adapter)
  const advice = notice === null ? null : [notice, ...adviceFor(navigator.userAgent)].join(' ')
  return { name: 'webgpu', backend: 'webgpu', versions, threads: null, gpu: name, notice: advice }
}

/** On Linux a page reaches the real GPU through Vulkan, which Chromium uses by itself on some machines only. */
function adviceFor(userAgent: string): readonly string[] {
  if (!userAgent.includes('Linux')) return []
  return ['If there is one, start Atelier with --enable-features=Vulkan.']
}

async function startCpu(): Promise<EngineDescription> {
  await tf.setBackend('cpu')
  const versions = { '@tensorflow/tfjs': tf.version.tfjs }
  return { name: 'cpu', backend: 'cpu', versions, threads: 1, gpu: null, notice: null }
}
