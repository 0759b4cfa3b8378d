// The seam: an engine is a name and a way to start it. Exactly one runs in a process, as TensorFlow.js's backend.
import type { EngineDescription, EngineName } from '#shared/engine.ts'

export interface Engine {
  readonly name: EngineName
  /**
   * Loads what the engine needs and makes it TensorFlow.js's backend.
   * @throws Failure 'unavailable' that says what is missing and what to install
   */
  start(): Promise<EngineDescription>
}
