// Puts the application together over one data folder: lock, history, datasets, trainer processes. The desktop window,
// the browser mode and the terminal all stand on this.
import { rm } from 'node:fs/promises'
import type { Calibration } from '#shared/calibration.ts'
import type { EngineChoice, Threads } from '#shared/engine.ts'
import type { Experiment } from '#shared/experiment.ts'
import type { RunEvent } from '#shared/run-events.ts'
import type { Run } from '#shared/run.ts'
import { type DatasetLibrary, openDatasetLibrary } from './datasets/dataset-library.ts'
import type { DatasetSource } from './datasets/dataset-source.ts'
import { buildDescriber, type DescribeDataset } from './datasets/describe-dataset.ts'
import { GENERATED_DATASETS } from './datasets/generated-datasets.ts'
import type { Home } from './home.ts'
import { prepareRuns, type RunRequest } from './prepare-runs.ts'
import { lockHome } from './store/home-lock.ts'
import { openStore, type Store } from './store/open-store.ts'
import type { NewRun } from './store/runs.ts'
import { chooseEngine, type ChosenEngine } from './training/choose-engine.ts'
import { type Execution, executeRun } from './training/execute-run.ts'
import { calibrateEngine, describeData } from './training/measure-engine.ts'
import type { SpawnTrainer } from './training/spawn-trainer.ts'

/** Thirty days, in which a deletion can be undone. */
const DELETED_STAY_MS = 30 * 24 * 60 * 60 * 1000

export interface BackendSettings {
  readonly home: Home
  /** What this process does, for the message to a second one. */
  readonly purpose: string
  /** Of Atelier: what was measured with another is measured again. */
  readonly version: string
  readonly spawnTrainer: SpawnTrainer
  readonly announce: (event: RunEvent) => void
}

export interface Backend {
  readonly home: Home
  readonly store: Store
  readonly datasets: DatasetLibrary
  /** Runs that an earlier process left unfinished, now 'interrupted'. */
  readonly interrupted: readonly string[]
  readonly describeDataset: DescribeDataset
  /** Checks requests, of which the first that cannot be trained is refused, and stores nothing. */
  prepareRuns(requests: readonly RunRequest[]): Promise<readonly NewRun[]>
  /** Checks a request and stores it as a queued run. */
  createRun(request: RunRequest): Promise<Run>
  /**
   * Trains a stored run, from its newest checkpoint if it has one; 'auto' measures the engines first.
   * @param signal ends the measuring, with 'cancelled'; a training that has begun goes on
   */
  train(run: Run, engine: EngineChoice, threads?: Threads, signal?: AbortSignal): Promise<Execution>
  /** What an experiment's steps take on an engine here: remembered, else measured now. */
  calibrate(
    experiment: Experiment,
    engine: EngineChoice,
    source: DatasetSource,
    threads?: Threads,
  ): Promise<Calibration>
  /** The engine that is fastest for an experiment, by measurement. */
  chooseEngine(experiment: Experiment, source: DatasetSource, threads?: Threads): Promise<ChosenEngine>
  /** Ends all measuring: what waits for it, such as a `train` that has not begun, fails with 'cancelled'. */
  giveUpMeasuring(): void
  close(): void
}

/** @throws Failure 'conflict' when another process has the data folder, having opened nothing in it */
export async function openBackend({
  home,
  purpose,
  version,
  spawnTrainer,
  announce,
}: BackendSettings): Promise<Backend> {
  const lock = lockHome(home.directory, purpose)
  try {
    const store = await openStore({ directory: home.directory })
    const interrupted = await store.markInterrupted()
    await store.appendLog(interrupted, 'Interrupted: Atelier ended while this run was training.')
    await removeLongDeleted(store, home)
    const datasets = await openDatasetLibrary({ directory: home.datasets, generated: GENERATED_DATASETS })
    const describeDataset = buildDescriber(datasets)
    const prepare = (requests: readonly RunRequest[]): Promise<readonly NewRun[]> =>
      prepareRuns(datasets, describeDataset, store, requests)
    const host = { store, home, spawnTrainer, announce }
    const ending = new AbortController()
    const measuring = { store, spawnTrainer, version }
    const choose = async (
      experiment: Experiment,
      source: DatasetSource,
      threads: Threads = 'automatic',
      signal?: AbortSignal,
    ): Promise<ChosenEngine> =>
      chooseEngine(
        measuring,
        { experiment, ...describeData(await describeDataset(source)), threads },
        signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal]),
      )
    const chooseFor = async (
      { id, experiment, dataset }: Run,
      threads: Threads,
      signal: AbortSignal | undefined,
    ): Promise<EngineChoice> => {
      const { engine, reason } = await choose(experiment, dataset, threads, signal)
      await store.appendLog([id], reason)
      return engine
    }
    return {
      home,
      store,
      datasets,
      interrupted,
      describeDataset,
      prepareRuns: prepare,
      createRun: async (request) => storeRun(store, await prepare([request])),
      train: async (run, engine, threads = 'automatic', signal) => {
        const chosen = engine === 'auto' ? await chooseFor(run, threads, signal) : engine
        return executeRun(host, run, chosen, threads)
      },
      calibrate: async (experiment, engine, source, threads = 'automatic') =>
        calibrateEngine(
          measuring,
          { experiment, engine, threads, ...describeData(await describeDataset(source)) },
          ending.signal,
        ),
      chooseEngine: choose,
      giveUpMeasuring: () => ending.abort(),
      close() {
        ending.abort()
        store.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** What was deleted a month ago goes for good, with its files. */
async function removeLongDeleted(store: Store, home: Home): Promise<void> {
  const before = new Date(Date.now() - DELETED_STAY_MS).toISOString()
  await store.purgeDeletedComparisons(before)
  const ids = await store.purgeDeletedRuns(before)
  for (const id of ids) await rm(home.runFolder(id), { recursive: true, force: true })
}

async function storeRun(store: Store, [prepared]: readonly NewRun[]): Promise<Run> {
  if (prepared === undefined) throw new RangeError('a request was prepared to nothing')
  const run = await store.insertRun(prepared)
  await store.appendLog([run.id], 'Created.')
  return run
}
