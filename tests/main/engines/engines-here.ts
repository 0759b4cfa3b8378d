// Which engines start on this machine; the others are named in a test's title, with the reason.
import { ENGINES, startEngine } from '#main/engines/start-engine.ts'
import { ENGINE_NAMES, type EngineName } from '#shared/engine.ts'
import { describeFailure } from '#shared/failure.ts'

export interface EngineHere {
  readonly name: EngineName
  /** Null where the engine starts. */
  readonly absent: string | null
  /** The name, and why its tests are skipped. */
  readonly title: string
}

/** Starts each engine of the application once, one after the other. */
export async function findEngines(): Promise<EngineHere[]> {
  const engines: EngineHere[] = []
  for (const name of ENGINE_NAMES) {
    const absent = await findAbsence(name)
    engines.push({ name, absent, title: absent === null ? name : `${name} (skipped: ${absent})` })
  }
  return engines
}

async function findAbsence(name: EngineName): Promise<string | null> {
  try {
    const { name: started, notice } = await startEngine(ENGINES[name].name)
    return started === name ? null : `here it starts as ${started}. ${notice ?? ''}`
  } catch (error) {
    const failure = describeFailure(error)
    if (failure.code !== 'unavailable') throw error
    return failure.message
  }
}
