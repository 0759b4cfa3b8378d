// A backend over a data folder of its own, with a tiny dataset beside it, for tests that really train.
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EngineName } from '#shared/engine.ts'
import type { NewExperiment } from '#shared/experiment.ts'
import type { RunEvent } from '#shared/run-events.ts'
import type { Run } from '#shared/run.ts'
import { type Backend, openBackend } from '#main/backend.ts'
import { locateHome } from '#main/home.ts'
import type { Execution } from '#main/training/execute-run.ts'
import { forkTrainer, type SpawnTrainer } from '#main/training/spawn-trainer.ts'
import { makeTemporaryFolder } from '../files/temporary-folder.ts'
import { writePatterns } from './patterns.ts'

export type Settings = Partial<Omit<NewExperiment, 'dataset'>>

/** Trains in well under a second. */
export const QUICK: Settings = { model: { name: 'mlp', hiddenUnits: [16] }, epochs: 4, learningRate: 0.1 }
/** Trains until someone ends it. */
export const LONG: Settings = { ...QUICK, epochs: 5000 }

export interface TrainingHome {
  readonly backend: Backend
  /** The folder of the dataset. */
  readonly patterns: string
  readonly events: RunEvent[]
  createRun(settings?: Settings): Promise<Run>
  train(run: Run, engine?: EngineName): Promise<Execution>
  /** Resolves with the next event of the type. */
  next(type: RunEvent['type']): Promise<RunEvent>
}

/** @param listen is told of every event, before `events` has it */
export async function openTrainingHome(
  spawnTrainer: SpawnTrainer = forkTrainer,
  listen: (event: RunEvent, directory: string) => void = () => undefined,
): Promise<TrainingHome> {
  const parent = await makeTemporaryFolder()
  const patterns = await writePatterns(parent)
  const home = locateHome(join(parent, 'home'))
  const events: RunEvent[] = []
  const waiting: { type: string; resolve: (event: RunEvent) => void }[] = []
  const executions: Execution[] = []
  const announce = (event: RunEvent): void => {
    listen(event, home.directory)
    events.push(event)
    for (const { type, resolve } of waiting) if (type === event.type) resolve(event)
  }
  const backend = await openBackend({ home, purpose: 'a test', version: '0.0.0', spawnTrainer, announce })
  onTestFinished(async () => {
    for (const execution of executions) execution.interrupt('The test is over.')
    await Promise.allSettled(executions.map(({ ended }) => ended))
    backend.close()
  })
  return {
    backend,
    patterns,
    events,
    createRun: (settings = QUICK) =>
      backend.createRun({ settings, dataset: null, directory: patterns, name: null }),
    async train(run, engine = 'wasm') {
      const execution = await backend.train(run, engine)
      executions.push(execution)
      return execution
    },
    next: (type) => new Promise((resolve) => waiting.push({ type, resolve })),
  }
}
