// The seam: an engine is a name and a way to start it. Exactly one runs in a process, as TensorFlow.js's backend.
import type { EngineDescription, EngineName, Threads } from '#shared/engine.ts'

export interface Engine {
  readonly name: EngineName
  /**
   * Loads what the engine needs and makes it TensorFlow.js's backend.
   * @param threads for the engine that computes with threads of ours; the others start as they always do
   * @throws Failure 'unavailable' that says what is missing and what to install
   */
  start(threads: Threads): Promise<EngineDescription>
}
