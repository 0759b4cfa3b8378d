// The engines of this page: `webgpu`, through the browser itself, and `cpu`, whose numbers its own are held against.
import * as tf from '@tensorflow/tfjs'
import type { EngineChoice, EngineDescription } from '#shared/engine.ts'
import { Failure } from '#shared/failure.ts'
import { describeAdapter, findAdapter, refuseDevice, type Gpu } from '#shared/gpu-adapter.ts'

/**
 * Makes an engine TensorFlow.js's backend in this page.
 * @throws Failure 'unavailable' when it does not start, or is not one of this page's
 */
export async function startEngine(choice: EngineChoice): Promise<EngineDescription> {
  tf.enableProdMode()
  if (choice === 'webgpu') return startWebGpu()
  if (choice === 'cpu') return startCpu()
  throw new Failure('unavailable', `The engine ${choice} does not run in a window.`)
}

async function startWebGpu(): Promise<EngineDescription> {
  const { gpu } = navigator as { readonly gpu?: Gpu }
  if (gpu === undefined)
    throw new Failure(
      'unavailable',
      'The engine webgpu did not start: WebGPU is switched off in this window.',
    )
  const adapter = await findAdapter(gpu)
  await import('@tensorflow/tfjs-backend-webgpu')
  if (!(await tf.setBackend('webgpu'))) throw refuseDevice()
  const [, chromium = 'unknown'] = /Chrome\/([\d.]+)/.exec(navigator.userAgent) ?? []
  const versions = { '@tensorflow/tfjs': tf.version.tfjs, chromium }
  return { name: 'webgpu', backend: 'webgpu', versions, threads: null, ...describeAdapter(adapter) }
}

async function startCpu(): Promise<EngineDescription> {
  await tf.setBackend('cpu')
  const versions = { '@tensorflow/tfjs': tf.version.tfjs }
  return { name: 'cpu', backend: 'cpu', versions, threads: 1, gpu: null, notice: null }
}
