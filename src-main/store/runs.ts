// Runs as records: inserted, annotated, deleted and restored. How they train is in run-status.ts and epochs.ts.
import { type Experiment, parseExperiment } from '#shared/experiment.ts'
import { Failure } from '#shared/failure.ts'
import {
  type AnnotationChanges,
  type Run,
  type RunAnnotations,
  type RunDataset,
  type SharedAnnotations,
  parseAnnotationChanges,
  parseRunAnnotations,
  runAnnotationsSchema,
  runDatasetSchema,
} from '#shared/run.ts'
import type { StoreDatabase } from './database.ts'
import { keepPhotoSet, type NamedPhotoSet } from './adaptations.ts'
import { keepMarkSet, type NamedMarkSet } from './mark-sets.ts'
import { findRun } from './read-run.ts'
import { decodeJson } from './json-column.ts'
import { type RunRow, requireKeptRun, requireRun } from './require-run.ts'
import { newRunId } from './run-id.ts'

export interface NewRun {
  readonly name: string
  readonly experiment: Experiment
  readonly dataset: RunDataset
  /** Parameters of the network. */
  readonly parameters: number
  readonly notes: string
  readonly tags: readonly string[]
  /** The set that the experiment names, kept with the run; null when it uses no marks. */
  readonly markSet?: NamedMarkSet | null
  /** The photos that the experiment names, kept with the run; null when it is no adaptation. */
  readonly photoSet?: NamedPhotoSet | null
}

interface RunFlags {
  readonly id: string
  readonly starred: boolean
  readonly archived: boolean
}

/** Stores a run with the status 'queued' and an id of its own. */
export async function insertRun(database: StoreDatabase, run: NewRun): Promise<Run> {
  // First, because a set that no run names is harmless and a run without its set is not.
  if (run.markSet) await keepMarkSet(database, run.markSet)
  if (run.photoSet) await keepPhotoSet(database, run.photoSet)
  const id = newRunId()
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('runs')
    .values({
      ...runColumns({ ...run, id, starred: false, archived: false }),
      status: 'queued',
      createdAt: new Date().toISOString(),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 0n ? insertRun(database, run) : findRun(database, id)
}

/** What a run is from its beginning, checked, and what is written onto it. */
export function runColumns(run: Omit<NewRun, 'markSet' | 'photoSet'> & RunFlags) {
  const { id, experiment, dataset, parameters, starred, archived } = run
  const { name, notes, tags } = parseRunAnnotations({
    name: run.name,
    notes: run.notes,
    tags: run.tags,
    starred,
    archived,
  })
  return {
    id,
    name,
    experiment: JSON.stringify(parseExperiment(experiment)),
    ...datasetColumns(runDatasetSchema.parse(dataset)),
    parameters,
    notes,
    tags: encodeTags(tags),
    starred: toFlag(starred),
    archived: toFlag(archived),
  }
}

function datasetColumns(dataset: RunDataset) {
  return {
    datasetId: dataset.id,
    datasetName: dataset.name,
    datasetHash: dataset.hash,
    datasetDirectory: dataset.directory,
    datasetGenerated: toFlag(dataset.generated),
    classNames: JSON.stringify(dataset.classNames),
  }
}

/**
 * Only what is given is written, so that two changes at once lose nothing of each other.
 * @throws Failure 'invalid-setting', 'not-found', 'conflict' for a deleted run
 */
export async function annotateRun(
  database: StoreDatabase,
  id: string,
  changes: AnnotationChanges,
): Promise<void> {
  const { name, notes, tags, starred, archived } = parseAnnotationChanges(changes)
  await requireKeptRun(database, id)
  await database
    .updateTable('runs')
    .set((stored) => ({
      name: name ?? stored.ref('name'),
      notes: notes ?? stored.ref('notes'),
      tags: tags === undefined ? stored.ref('tags') : encodeTags(tags),
      starred: starred === undefined ? stored.ref('starred') : toFlag(starred),
      archived: archived === undefined ? stored.ref('archived') : toFlag(archived),
    }))
    .where('id', '=', id)
    .execute()
}

/** What is written onto a run. */
export interface AnnotatedRun {
  readonly runId: string
  readonly annotations: RunAnnotations
}

/** All of them or none. @throws Failure as annotateRun does */
export async function annotateRuns(
  database: StoreDatabase,
  ids: readonly string[],
  { addedTags = [], removedTags = [], ...flags }: SharedAnnotations,
): Promise<readonly AnnotatedRun[]> {
  return database.transaction().execute(async (transaction) => {
    const annotated: AnnotatedRun[] = []
    for (const runId of ids) {
      const before = await requireKeptRun(transaction, runId)
      const kept = tagsOf(before).filter((tag) => !removedTags.includes(tag))
      await annotateRun(transaction, runId, { ...flags, tags: [...new Set([...kept, ...addedTags])] })
      annotated.push({ runId, annotations: annotationsOf(await requireKeptRun(transaction, runId)) })
    }
    return annotated
  })
}

function tagsOf({ tags }: RunRow): readonly string[] {
  return runAnnotationsSchema.shape.tags.parse(decodeJson(tags))
}

function annotationsOf(row: RunRow): RunAnnotations {
  const { name, notes, starred, archived } = row
  return { name, notes, tags: [...tagsOf(row)], starred: starred === 1, archived: archived === 1 }
}

/** Hides a run until it is restored or purged. @throws Failure 'conflict' while it trains */
export async function deleteRun(database: StoreDatabase, id: string): Promise<void> {
  const { status } = await requireKeptRun(database, id)
  if (status === 'running' || status === 'paused') {
    throw new Failure('conflict', `Run ${id} is ${status} and cannot be deleted. Cancel it first.`)
  }
  const deletedAt = new Date().toISOString()
  await database.updateTable('runs').set({ deletedAt }).where('id', '=', id).execute()
}

/** All of them or none. @throws Failure as deleteRun does */
export async function deleteRuns(database: StoreDatabase, ids: readonly string[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const id of ids) await deleteRun(transaction, id)
    await transaction.deleteFrom('queue').where('runId', 'in', ids).execute()
  })
}

/** @throws Failure 'not-found', 'conflict' when it is not deleted */
export async function restoreRun(database: StoreDatabase, id: string): Promise<void> {
  const { deletedAt } = await requireRun(database, id)
  if (deletedAt === null)
    throw new Failure('conflict', `Run ${id} is not deleted, so there is nothing to restore.`)
  await database.updateTable('runs').set({ deletedAt: null }).where('id', '=', id).execute()
}

/** All of them or none. @throws Failure as restoreRun does */
export async function restoreRuns(database: StoreDatabase, ids: readonly string[]): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const id of ids) await restoreRun(transaction, id)
  })
}

/**
 * Removes for good what was deleted before `time` (ISO), with all that belongs to it.
 * @returns the ids, so that their folders can follow
 */
export async function purgeDeletedRuns(database: StoreDatabase, time: string): Promise<readonly string[]> {
  const rows = await database.deleteFrom('runs').where('deletedAt', '<', time).returning('id').execute()
  return rows.map(({ id }) => id)
}

/** Each tag once, in the order given. */
function encodeTags(tags: readonly string[]): string {
  return JSON.stringify([...new Set(tags)])
}

function toFlag(value: boolean): 0 | 1 {
  return value ? 1 : 0
}
