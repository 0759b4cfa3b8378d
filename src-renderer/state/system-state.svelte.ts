// What the host is: version, data folder, machine, and which engines start on it. Read when a page first asks.
import type { EngineState, System } from '#shared/contract.ts'
import { describeFailure } from '#shared/failure.ts'
import type { Client } from '#shared/client.ts'

export class SystemState {
  current: System | null = $state.raw(null)
  problem = $state('')
  engines: readonly EngineState[] | null = $state.raw(null)
  isChecking = $state(false)
  enginesProblem = $state('')
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  async read(): Promise<void> {
    try {
      this.current = await this.#client.system.read({})
      this.problem = ''
    } catch (error) {
      this.problem = describeFailure(error).message
    }
  }

  /** Takes seconds, so what was found is kept. */
  async checkEngines(): Promise<void> {
    if (this.isChecking) return
    this.isChecking = true
    this.enginesProblem = ''
    try {
      this.engines = await this.#client.system.checkEngines({})
    } catch (error) {
      this.enginesProblem = describeFailure(error).message
    } finally {
      this.isChecking = false
    }
  }
}
