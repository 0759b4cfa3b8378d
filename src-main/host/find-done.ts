// Which experiments were completed before, on the same content: all settings but the dataset's name must be equal.
import { type Experiment, experimentSchema } from '#shared/experiment.ts'
import type { Backend } from '../backend.ts'

/** For each experiment the id of the newest completed run like it, or null. */
export async function findDone(
  { store, describeDataset }: Backend,
  experiments: readonly Experiment[],
  directory: string | null,
): Promise<(string | null)[]> {
  const hashes = new Map<string, string>()
  for (const id of new Set(experiments.map(({ dataset }) => dataset))) {
    hashes.set(id, (await describeDataset({ id, directory })).hash)
  }
  const done = new Map<string, string>()
  for (const { id, datasetHash, experiment } of await store.listDoneExperiments([...hashes.values()])) {
    const parsed = experimentSchema.safeParse(JSON.parse(experiment)) // one that does not parse is like no other
    if (parsed.success) done.set(identify(parsed.data, datasetHash), id)
  }
  return experiments.map((experiment) => {
    const hash = hashes.get(experiment.dataset) ?? ''
    return done.get(identify(experiment, hash)) ?? null
  })
}

/** Parsed experiments have their keys in the order of the schema. */
function identify(experiment: Experiment, datasetHash: string): string {
  return JSON.stringify({ ...experiment, dataset: datasetHash })
}
