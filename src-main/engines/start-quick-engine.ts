// Starts an engine for single images: quick for one, and the same on every day. A GPU takes longer to start than to answer.
import { describeFailure, Failure } from '#shared/failure.ts'
import { startEngine } from './start-engine.ts'

const ENGINES = ['simd', 'wasm', 'cpu'] as const

/** @throws Failure 'unavailable' when none of them starts */
export async function startQuickEngine(): Promise<void> {
  const reasons: string[] = []
  for (const name of ENGINES) {
    try {
      await startEngine(name)
      return
    } catch (error) {
      reasons.push(describeFailure(error).message)
    }
  }
  throw new Failure('unavailable', `No engine starts that could look at images. ${reasons.join(' ')}`)
}
