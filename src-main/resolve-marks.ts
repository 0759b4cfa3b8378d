// Which marks an experiment means: 'present' becomes the name of the set that the marks of now make, and stays that.
import type { Experiment } from '#shared/experiment.ts'
import { collectMarkSet, type MarkSet, usesMarks } from '#shared/marks.ts'
import type { Run } from '#shared/run.ts'
import { type NamedMarkSet, nameMarkSet } from './store/mark-sets.ts'
import type { Store, StoreReader } from './store/open-store.ts'

export type MarkStore = Pick<Store, 'readMarks' | 'findMarkSet'>

interface MarkedDataset {
  readonly hash: string
  readonly trainCount: number
}

export type ResolveMarks = (experiment: Experiment, dataset: MarkedDataset) => Promise<NamedMarkSet | null>

/**
 * @returns a function that gives the set of an experiment, null when it uses no marks; it reads each set once
 * @throws Failure, the function, when an experiment names a set that is not there or is of other data
 */
export function buildMarkResolver(store: MarkStore): ResolveMarks {
  const known = new Map<string, Promise<NamedMarkSet>>()
  return async (experiment, dataset) => {
    if (!usesMarks(experiment)) return null
    const key = `${dataset.hash} ${experiment.marks}`
    const set = known.get(key) ?? findSet(store, experiment.marks, dataset)
    known.set(key, set)
    return set
  }
}

/**
 * The very set that a run was made with, whatever was marked since; null for one that uses no marks.
 * @throws Failure 'not-found' when the set is not there any more
 */
export async function findMarksOf(
  store: Pick<StoreReader, 'findMarkSet'>,
  { experiment, dataset }: Pick<Run, 'experiment' | 'dataset'>,
): Promise<MarkSet | null> {
  return usesMarks(experiment) ? (await store.findMarkSet(experiment.marks, dataset.hash)).set : null
}

/** From now on it means this very set; an experiment without marks names none. */
export function nameMarks(experiment: Experiment, markSet: NamedMarkSet | null): Experiment {
  return { ...experiment, marks: markSet?.hash ?? 'present' }
}

async function findSet(
  store: MarkStore,
  marks: Experiment['marks'],
  { hash, trainCount }: MarkedDataset,
): Promise<NamedMarkSet> {
  if (marks !== 'present') return store.findMarkSet(marks, hash)
  const present = await store.readMarks({ hash, trainCount })
  return nameMarkSet(collectMarkSet(present.marks, trainCount), hash)
}
