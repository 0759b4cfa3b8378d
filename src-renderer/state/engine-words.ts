// Engines for people: what each computes with.
import type { EngineChoice } from '#shared/engine.ts'
import { capitalize } from '../parts/capitalize.ts'

const WORDS: Readonly<Record<string, string | undefined>> = {
  auto: 'the fastest of these for the network, by measuring',
  cuda: 'NVIDIA GPU, TensorFlow',
  webgpu: 'GPU of any make',
  native: 'processor, TensorFlow',
  simd: 'processor, Atelier’s own kernels',
  wasm: 'processor, WebAssembly',
  cpu: 'processor, plain JavaScript: very slow',
}

export function describeEngine(engine: EngineChoice): string {
  return WORDS[engine] ?? ''
}

/** The host's sentence without the name that stands beside it. */
export function shortenNotice(notice: string): string {
  return capitalize(notice.replace(/^The engine \S+ did not start: /, ''))
}

export function nameEngine(engine: EngineChoice): string {
  return engine === 'auto' ? 'Automatic' : engine
}
