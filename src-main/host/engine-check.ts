// Which engines start on this machine: each is tried in a process of its own, one after the other, once for the life
// of this process.
import { ENGINE_NAMES, type EngineName } from '#shared/engine.ts'
import type { EngineState } from '#shared/contract.ts'
import { askTrainer } from '../training/ask-trainer.ts'
import type { SpawnTrainer } from '../training/spawn-trainer.ts'

const LIMIT_MS = 60_000

export class EngineCheck {
  readonly #spawnTrainer: SpawnTrainer
  readonly #end = new AbortController()
  #states: Promise<EngineState[]> | null = null

  constructor(spawnTrainer: SpawnTrainer) {
    this.#spawnTrainer = spawnTrainer
  }

  read(): Promise<EngineState[]> {
    this.#states ??= this.#checkAll()
    return this.#states
  }

  close(): void {
    this.#end.abort()
  }

  async #checkAll(): Promise<EngineState[]> {
    const states: EngineState[] = []
    for (const name of ENGINE_NAMES) states.push(await this.#check(name))
    return states
  }

  async #check(name: EngineName): Promise<EngineState> {
    const question = { type: 'check-engine', engine: name } as const
    const answer = await askTrainer(this.#spawnTrainer, question, LIMIT_MS, this.#end.signal)
    if (!('engine' in answer)) {
      const notice = answer.type === 'failed' ? answer.failure.message : answer.reason
      return { name, starts: false, notice, versions: {} }
    }
    const { engine } = answer
    const otherName = engine.name === name ? null : `It starts as ${engine.name}.`
    return { name, starts: otherName === null, notice: engine.notice ?? otherName, versions: engine.versions }
  }
}
