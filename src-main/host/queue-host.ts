// What the queue needs of its surroundings.
import type { AppEvent } from '#shared/contract.ts'
import type { EngineChoice } from '#shared/engine.ts'
import type { Store } from '../store/open-store.ts'
import type { Execution } from '../training/execute-run.ts'
import type { Log } from './calls.ts'
import type { MachineTurns } from './machine-turns.ts'

export interface QueueHost {
  readonly store: Store
  readonly turns: MachineTurns
  readonly announce: (event: AppEvent) => void
  readonly log: Log
  /** @param signal gives up what comes before the training, with 'cancelled' */
  train(runId: string, engine: EngineChoice, signal: AbortSignal): Promise<Execution>
}
