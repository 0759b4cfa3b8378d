// Engine `cuda`: libtensorflow through @tensorflow/tfjs-node-gpu, where it is installed and loads. With no GPU in
// sight it computes on libtensorflow's processor kernels and is then called `native`.
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import util from 'node:util'
import * as tf from '@tensorflow/tfjs'
import type { EngineDescription, EngineName } from '#shared/engine.ts'
import { Failure } from '#shared/failure.ts'
import { findGpuName, findMissingCudaLibraries } from './cuda-libraries.ts'
import type { Engine } from './engine.ts'

const PACKAGE = '@tensorflow/tfjs-node-gpu'

/** Kernels are registered once for a process, however often the engine is started. */
let hasQuickStep = false

/** What the package's backend says of itself beyond TensorFlow.js's interface. */
interface TensorFlowBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: { readonly TF_Version: string }
}

export const cudaEngine: Engine = { name: 'cuda', start: () => startTensorFlow('cuda') }

/** The same package, asked for by the name that it has without a GPU. */
export const nativeEngine: Engine = { name: 'native', start: () => startTensorFlow('native') }

async function startTensorFlow(asked: EngineName): Promise<EngineDescription> {
  prepareGpuMemory()
  const version = loadPackage(asked)
  await tf.setBackend('tensorflow')
  registerQuickStep()
  const { isUsingGpuDevice: usesGpu, binding } = tf.backend() as tf.KernelBackend & TensorFlowBackend
  return {
    name: usesGpu ? 'cuda' : 'native',
    backend: 'tensorflow',
    versions: {
      '@tensorflow/tfjs': tf.version.tfjs,
      [PACKAGE]: version,
      libtensorflow: binding.TF_Version,
    },
    threads: null,
    gpu: usesGpu ? ((await findGpuName()) ?? 'NVIDIA GPU') : null,
    notice: usesGpu ? null : await explainMissingGpu(),
  }
}

/** Otherwise libtensorflow takes nearly all memory of the GPU at its start, also that of other programs to come. */
function prepareGpuMemory(): void {
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
}

/** Loads the package, which registers its backend; its version. */
function loadPackage(asked: EngineName): string {
  restoreNodeInterface()
  try {
    const loaded = packageRequire()(PACKAGE) as { version: Record<string, string> }
    return loaded.version['tfjs-node'] ?? 'unknown'
  } catch (error) {
    throw new Failure('unavailable', explainMissingPackage(asked, error), { cause: error })
  }
}

/** The package asks `node:util` for a function that Node 23 took out, and for one that warns of its age. */
function restoreNodeInterface(): void {
  const replacements = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: (value: unknown) => Array.isArray(value),
  }
  Object.assign(util, replacements)
}

/** From the folder in ATELIER_TFJS_NODE, which holds a binding built by hand, or as any other dependency. */
function packageRequire(): NodeJS.Require {
  const folder = process.env['ATELIER_TFJS_NODE']
  return createRequire(folder === undefined ? import.meta.url : join(folder, sep))
}

/**
 * The package's own Step, which is the gradient of ReLU, takes as long as a convolution; a comparison does not. Its own goes
 * on serving steps that are not 0 on the left.
 */
function registerQuickStep(): void {
  if (hasQuickStep) return
  hasQuickStep = true
  const own = tf.getKernel(tf.Step, 'tensorflow')
  tf.unregisterKernel(tf.Step, 'tensorflow')
  tf.registerKernel({
    ...own,
    kernelFunc: (run) =>
      (run.attrs?.['alpha'] ?? 0) === 0
        ? tf.tidy(() => tf.cast(tf.greater(run.inputs['x'] as tf.Tensor, 0), 'float32'))
        : own.kernelFunc(run),
  })
}

function explainMissingPackage(asked: EngineName, error: unknown): string {
  return (
    `The engine ${asked} did not start: ${PACKAGE} ${describeFault(error)}. ` +
    'Run npm install again with a connection to the internet, or choose another engine.'
  )
}

function describeFault(error: unknown): string {
  const text = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  if (text.startsWith(`Cannot find module '${PACKAGE}'`)) return 'is not installed'
  if (text.includes('tfjs_binding.node')) return 'was installed without its binary, which is a download'
  return `does not load (${text})`
}

async function explainMissingGpu(): Promise<string> {
  const gpu = await findGpuName()
  if (gpu === null) return 'No NVIDIA GPU was found; libtensorflow computes on the processor.'
  const missing = await findMissingCudaLibraries()
  const advice =
    missing.length === 0
      ? 'Its driver must be 450.80 or newer.'
      : `Install CUDA 11.2 and cuDNN 8.1: ${missing.join(', ')} not found.`
  return `${gpu} is there, but libtensorflow cannot use it and computes on the processor. ${advice}`
}
