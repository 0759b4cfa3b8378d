// Which experiments were completed before, on the same content: all settings but the dataset's name must be equal.
import { type Experiment, experimentSchema } from '#shared/experiment.ts'
import type { Backend } from '../backend.ts'
import type { FullDescription } from '../datasets/describe-dataset.ts'
import { buildMarkResolver, nameMarks } from '../resolve-marks.ts'

/** For each experiment the id of the newest completed run like it, or null. */
export async function findDone(
  { store, describeDataset }: Backend,
  experiments: readonly Experiment[],
  directory: string | null,
): Promise<(string | null)[]> {
  const datasets = new Map<string, FullDescription>()
  for (const id of new Set(experiments.map(({ dataset }) => dataset))) {
    datasets.set(id, await describeDataset({ id, directory }))
  }
  const hashes = [...datasets.values()].map(({ hash }) => hash)
  const done = new Map<string, string>()
  for (const { id, datasetHash, experiment } of await store.listDoneExperiments(hashes)) {
    const parsed = experimentSchema.safeParse(JSON.parse(experiment)) // one that does not parse is like no other
    if (parsed.success) done.set(identify(parsed.data, datasetHash), id)
  }
  const resolveMarks = buildMarkResolver(store)
  const found: (string | null)[] = []
  for (const experiment of experiments) {
    const dataset = datasets.get(experiment.dataset)
    if (dataset === undefined) throw new RangeError(`the dataset ${experiment.dataset} was not described`)
    const named = nameMarks(experiment, await resolveMarks(experiment, dataset))
    found.push(done.get(identify(named, dataset.hash)) ?? null)
  }
  return found
}

/** Parsed experiments have their keys in the order of the schema. */
function identify(experiment: Experiment, datasetHash: string): string {
  return JSON.stringify({ ...experiment, dataset: datasetHash })
}
