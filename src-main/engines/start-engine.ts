// Starts the engine that was asked for, or with `auto` the first one in the order of names that really starts: `cuda`
// with a GPU in sight, `webgpu` on real hardware, and so on.
import * as tf from '@tensorflow/tfjs'
import {
  ENGINE_NAMES,
  type EngineChoice,
  type EngineDescription,
  type EngineName,
  type Threads,
} from '#shared/engine.ts'
import { describeFailure, Failure } from '#shared/failure.ts'
import { cpuEngine } from './cpu.ts'
import type { Engine } from './engine.ts'
import { simdEngine } from './simd-engine.ts'
import { cudaEngine, nativeEngine } from './tensorflow.ts'
import { wasmEngine } from './wasm.ts'
import { webgpuEngine } from './webgpu.ts'

export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  cuda: cudaEngine,
  webgpu: webgpuEngine,
  simd: simdEngine,
  native: nativeEngine,
  wasm: wasmEngine,
  cpu: cpuEngine,
}

/** Engines that are only worth it on a GPU: without one, those of the processor are quicker. */
const NEED_GPU: readonly EngineName[] = ['cuda', 'webgpu']

/**
 * Makes an engine TensorFlow.js's backend in this process.
 * @throws Failure 'unavailable' when it does not start; with `auto`, when none does
 */
export async function startEngine(
  choice: EngineChoice,
  threads: Threads = 'automatic',
): Promise<EngineDescription> {
  tf.enableProdMode()
  if (choice !== 'auto') return ENGINES[choice].start(threads)
  const reasons: string[] = []
  for (const name of ENGINE_NAMES) {
    try {
      const description = await ENGINES[name].start(threads)
      const isWithoutGpu =
        NEED_GPU.includes(name) && (description.name !== name || description.notice !== null)
      if (!isWithoutGpu) return description
      reasons.push(description.notice ?? `${name} starts as ${description.name}.`)
    } catch (error) {
      reasons.push(describeFailure(error).message)
    }
  }
  throw new Failure('unavailable', `No engine starts on this machine. ${reasons.join(' ')}`)
}
