// An engine is what computes: a TensorFlow.js backend with the name that people choose it by.
import { z } from 'zod'

/** In the order in which `auto` tries them. `native` is what `cuda` is called when it finds no GPU. */
export const ENGINE_NAMES = ['cuda', 'webgpu', 'simd', 'native', 'wasm', 'cpu'] as const
export type EngineName = (typeof ENGINE_NAMES)[number]

export const ENGINE_CHOICES = ['auto', ...ENGINE_NAMES] as const
export type EngineChoice = (typeof ENGINE_CHOICES)[number]

/** As many as the engine `simd` can start. */
export const MOST_THREADS = 64

/**
 * Threads that the engine `simd` computes with; 'automatic' is one per core. Runs take longer or shorter by it and
 * come to the same bits. The other engines decide for themselves.
 */
export const threadsSchema = z.union([z.literal('automatic'), z.int().min(1).max(MOST_THREADS)])
export type Threads = z.infer<typeof threadsSchema>

export const engineDescriptionSchema = z.object({
  name: z.enum(ENGINE_NAMES),
  /** The TensorFlow.js backend underneath, as `tf.getBackend()` names it. */
  backend: z.string(),
  /** Package name to version of all that can change the numbers. */
  versions: z.record(z.string(), z.string()),
  /** Threads that compute, where the engine says so; null elsewhere. */
  threads: z.int().nullable(),
  /** The GPU that computes, where one does. */
  gpu: z.string().nullable(),
  /** What the user should know, such as which library is missing for the GPU; null when all is well. */
  notice: z.string().nullable(),
})
export type EngineDescription = z.infer<typeof engineDescriptionSchema>

/** What the paper's Fig. 3 records of its machine. */
export const hardwareSchema = z.object({
  processor: z.string(),
  cores: z.int(),
  memoryBytes: z.int(),
  /** Such as 'linux x64'. */
  platform: z.string(),
  gpu: z.string().nullable(),
})
export type Hardware = z.infer<typeof hardwareSchema>
