// The store: everything that Atelier keeps of its runs, in `<data folder>/atelier.db`.
// The owner of the data folder (see home-lock.ts) opens it with `openStore`; anyone may read beside it with
// `openStoreReader`. Every method either does the whole of what it says or throws and changes nothing.
import type { AdaptationGain, PhotoSet } from '#shared/adaptation.ts'
import type { Calibration } from '#shared/calibration.ts'
import type { EngineChoice, EngineDescription, Hardware } from '#shared/engine.ts'
import type { StoredTraining } from '#shared/paper/evidence.ts'
import type { Mark } from '#shared/marks.ts'
import type { QueueEntry } from '#shared/queue.ts'
import type { BatchLoss } from '#shared/run-events.ts'
import type { RunList, RunQuery } from '#shared/run-list.ts'
import type {
  AnnotationChanges,
  CheckpointRecord,
  EpochMetrics,
  Evaluation,
  Run,
  RunLogLine,
  SharedAnnotations,
  SplitPredictions,
} from '#shared/run.ts'
import type { ComparisonChanges, ComparisonDraft, SavedComparison } from '#shared/saved-comparison.ts'
import { isBackupDue } from './backup-due.ts'
import { writeBackup } from './backups.ts'
import { findPhotoSet, readGain, recordGain } from './adaptations.ts'
import { findCalibration, keepCalibration } from './calibrations.ts'
import { type RunsRead, readAnswers, readRuns } from './compared-runs.ts'
import {
  changeComparison,
  deleteComparison,
  listComparisons,
  purgeDeletedComparisons,
  restoreComparison,
  saveComparison,
} from './comparisons.ts'
import { readCurve } from './curves.ts'
import { type DoneExperiment, listDoneExperiments } from './done-experiments.ts'
import { forgetCheckpoint, listCheckpoints, recordEpoch, rewindRun } from './epochs.ts'
import { readPredictions, recordCompletion } from './evaluations.ts'
import { importRun, type WholeRun } from './import-run.ts'
import { listRuns } from './list-runs.ts'
import { findMarkSet, type NamedMarkSet } from './mark-sets.ts'
import { changeMarks, type MarkedData, readMarks, reverseChange, type StoredMarks } from './marks.ts'
import { MIGRATIONS } from './migrate.ts'
import { openHistory } from './open-history.ts'
import { buildPhotoStore, type PhotoStore } from './photo-store.ts'
import { type ReadableHistory, openHistoryForReading } from './open-reader.ts'
import {
  leaveQueue,
  moveInQueue,
  queueNewRuns,
  queueRun,
  readQueue,
  tidyQueue,
  withdrawRuns,
} from './queue.ts'
import { findRun } from './read-run.ts'
import type { Recovery } from './recovery.ts'
import { appendLog, readLog } from './run-log.ts'
import {
  type PlainStatus,
  giveUpRun,
  markInterrupted,
  recordStart,
  reopenRun,
  updateStatus,
} from './run-status.ts'
import {
  type AnnotatedRun,
  type NewRun,
  annotateRun,
  annotateRuns,
  deleteRun,
  deleteRuns,
  insertRun,
  purgeDeletedRuns,
  restoreRun,
  restoreRuns,
} from './runs.ts'
import { readSetting, writeSetting } from './settings.ts'
import { listTrainings } from './trainings.ts'

export interface StoreReader {
  /** By id or by a beginning that only one run has; deleted runs too. */
  findRun(idOrPrefix: string): Promise<Run>
  listRuns(query?: RunQuery): Promise<RunList>
  /** Many whole runs at once, by their full ids. */
  readRuns(ids: readonly string[]): Promise<RunsRead>
  readPredictions(id: string): Promise<SplitPredictions>
  /** The labels that each run predicted, by run. */
  readAnswers(ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  listCheckpoints(id: string): Promise<readonly CheckpointRecord[]>
  /** Losses of single batches of the finished epochs, thinned. */
  readCurve(id: string): Promise<readonly BatchLoss[]>
  readLog(id: string): Promise<readonly RunLogLine[]>
  /** Comparisons that are kept, newest first. */
  listComparisons(): Promise<readonly SavedComparison[]>
  /** Completed runs on content with one of these hashes, oldest first. */
  listDoneExperiments(datasetHashes: readonly string[]): Promise<readonly DoneExperiment[]>
  /**
   * Runs on this content with one of these seeds and so many training images (null: all) that watch the test images
   * in every epoch and hold nothing out, oldest first.
   */
  listTrainings(
    datasetHash: string,
    seeds: readonly number[],
    trainImages: number | null,
  ): Promise<readonly StoredTraining[]>
  /** Marks of single images, and what could be undone of them. */
  readMarks(data: MarkedData): Promise<StoredMarks>
  /** A set that a run was trained with. */
  findMarkSet(hash: string, datasetHash: string): Promise<NamedMarkSet>
  /** Photos that a run was adapted with. */
  findPhotoSet(hash: string): Promise<PhotoSet>
  /** What an adaptation gained; null for a run that is none, or was not measured yet. */
  readGain(runId: string): Promise<AdaptationGain | null>
  close(): void
}

export interface Store extends StoreReader {
  /** Batches of classified photos. */
  readonly photos: PhotoStore
  /** What was wrong with the history at its opening and what became of it; null when all was well. */
  readonly recovery: Recovery | null
  insertRun(run: NewRun): Promise<Run>
  /** Stores a run of another history under its own id; `origin` becomes a line of its log. */
  importRun(run: WholeRun, origin: string): Promise<Run>
  annotateRun(id: string, changes: AnnotationChanges): Promise<void>
  /** Changes many, all of them or none. Returns what is written onto each now. */
  annotateRuns(ids: readonly string[], changes: SharedAnnotations): Promise<readonly AnnotatedRun[]>
  updateStatus(id: string, status: PlainStatus, reason?: string): Promise<void>
  /** 'running', with the engine that trains it from now on. */
  recordStart(id: string, engine: EngineDescription, hardware: Hardware, startedAt: string): Promise<void>
  /** When it returns, metrics, curve and checkpoint record are on the disk. */
  recordEpoch(
    id: string,
    metrics: EpochMetrics,
    checkpoint: CheckpointRecord,
    curve?: readonly BatchLoss[],
  ): Promise<void>
  recordCompletion(
    id: string,
    evaluation: Evaluation,
    predictions: SplitPredictions,
    finishedAt: string,
  ): Promise<void>
  recordGain(id: string, gain: AdaptationGain): Promise<void>
  forgetCheckpoint(id: string, epoch: number): Promise<void>
  /** Forgets the epochs after `epoch`, which are to be trained again. */
  rewindRun(id: string, epoch: number): Promise<void>
  /** Queues a completed run again, to be trained up to `epochs` in all. */
  reopenRun(id: string, epochs: number): Promise<void>
  /** Of a queued run: 'completed' as before where it was only to be extended, else 'cancelled' for this reason. */
  giveUpRun(id: string, reason: string): Promise<void>
  /** Every run that was training becomes 'interrupted'; to be called once at the start. Returns their ids. */
  markInterrupted(): Promise<readonly string[]>
  deleteRun(id: string): Promise<void>
  restoreRun(id: string): Promise<void>
  /** All of them or none. */
  deleteRuns(ids: readonly string[]): Promise<void>
  restoreRuns(ids: readonly string[]): Promise<void>
  /** Removes for good what was deleted before `time` (ISO). Returns the ids. */
  purgeDeletedRuns(time: string): Promise<readonly string[]>
  appendLog(runIds: readonly string[], text: string): Promise<void>
  queueNewRuns(runs: readonly NewRun[], engine: EngineChoice): Promise<readonly Run[]>
  queueRun(id: string, engine: EngineChoice): Promise<void>
  readQueue(): Promise<readonly QueueEntry[]>
  moveInQueue(id: string, place: number, current: string | null): Promise<void>
  withdrawRuns(ids: readonly string[], reason: string): Promise<void>
  leaveQueue(id: string): Promise<void>
  tidyQueue(): Promise<void>
  /** Undefined for a name that was never written. */
  readSetting(name: string): Promise<unknown>
  writeSetting(name: string, value: unknown): Promise<void>
  findCalibration(key: string): Promise<Calibration | null>
  keepCalibration(key: string, calibration: Calibration): Promise<void>
  saveComparison(draft: ComparisonDraft): Promise<SavedComparison>
  changeComparison(id: string, changes: ComparisonChanges): Promise<SavedComparison>
  deleteComparison(id: string): Promise<void>
  restoreComparison(id: string): Promise<SavedComparison>
  purgeDeletedComparisons(time: string): Promise<void>
  /** Gives images these marks, as one change that can be undone. */
  changeMarks(data: MarkedData, marks: readonly Mark[], text: string): Promise<void>
  /** Returns what was undone or done again, in words. */
  reverseChange(data: MarkedData, direction: 'undo' | 'redo'): Promise<string>
  /** Writes and checks a backup in a thread of its own, keeps the newest three, and returns its path. */
  backup(): Promise<string>
  /** Makes a backup if a run was completed since the newest one and that one is ten minutes old. */
  backUpIfDue(): Promise<void>
}

/**
 * Opens the history for its owner: makes, migrates and, where it must, recovers it.
 * @throws Failure for a file of another program or of a newer Atelier, and where the folder cannot be written
 */
export async function openStore({ directory }: { readonly directory: string }): Promise<Store> {
  const { database, file, recovery, close } = await openHistory(directory, MIGRATIONS)
  const inTurn = oneAfterTheOther()
  return {
    ...buildReader({ database, close }),
    recovery,
    photos: buildPhotoStore(database),
    insertRun: (run) => insertRun(database, run),
    importRun: (run, origin) => importRun(database, run, origin),
    annotateRun: (id, changes) => annotateRun(database, id, changes),
    annotateRuns: (ids, changes) => annotateRuns(database, ids, changes),
    updateStatus: (id, status, reason) => updateStatus(database, id, status, reason),
    recordStart: (id, engine, hardware, startedAt) => recordStart(database, id, engine, hardware, startedAt),
    recordEpoch: (id, metrics, checkpoint, curve) => recordEpoch(database, id, metrics, checkpoint, curve),
    recordCompletion: (id, evaluation, predictions, finishedAt) =>
      recordCompletion(database, id, evaluation, predictions, finishedAt),
    recordGain: (id, gain) => recordGain(database, id, gain),
    forgetCheckpoint: (id, epoch) => forgetCheckpoint(database, id, epoch),
    rewindRun: (id, epoch) => rewindRun(database, id, epoch),
    reopenRun: (id, epochs) => reopenRun(database, id, epochs),
    giveUpRun: (id, reason) =>
      database.transaction().execute((transaction) => giveUpRun(transaction, id, reason)),
    markInterrupted: () => markInterrupted(database),
    deleteRun: (id) => deleteRun(database, id),
    restoreRun: (id) => restoreRun(database, id),
    deleteRuns: (ids) => deleteRuns(database, ids),
    restoreRuns: (ids) => restoreRuns(database, ids),
    purgeDeletedRuns: (time) => purgeDeletedRuns(database, time),
    appendLog: (runIds, text) => appendLog(database, runIds, text),
    queueNewRuns: (runs, engine) => queueNewRuns(database, runs, engine),
    queueRun: (id, engine) => queueRun(database, id, engine),
    readQueue: () => readQueue(database),
    moveInQueue: (id, place, current) => moveInQueue(database, id, place, current),
    withdrawRuns: (ids, reason) => withdrawRuns(database, ids, reason),
    leaveQueue: (id) => leaveQueue(database, id),
    tidyQueue: () => tidyQueue(database),
    readSetting: (name) => readSetting(database, name),
    writeSetting: (name, value) => writeSetting(database, name, value),
    findCalibration: (key) => findCalibration(database, key),
    keepCalibration: (key, calibration) => keepCalibration(database, key, calibration),
    saveComparison: (draft) => saveComparison(database, draft),
    changeComparison: (id, changes) => changeComparison(database, id, changes),
    deleteComparison: (id) => deleteComparison(database, id),
    restoreComparison: (id) => restoreComparison(database, id),
    purgeDeletedComparisons: (time) => purgeDeletedComparisons(database, time),
    changeMarks: (data, marks, text) => changeMarks(database, data, marks, text),
    reverseChange: (data, direction) => reverseChange(database, data, direction),
    backup: () => inTurn(() => writeBackup(file, directory)),
    backUpIfDue: () =>
      inTurn(async () => {
        if (await isBackupDue(database, directory)) await writeBackup(file, directory)
      }),
  }
}

/**
 * Opens the history beside its owner, to read what is committed.
 * @throws Failure 'not-found' when there is none yet, and where it must first be opened by an owner
 */
export function openStoreReader({ directory }: { readonly directory: string }): StoreReader {
  return buildReader(openHistoryForReading(directory, MIGRATIONS))
}

/** For work that must not overlap with itself, such as the numbering of backups. */
function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => 'whoever asked is told')
    return done
  }
}

function buildReader({ database, close }: ReadableHistory): StoreReader {
  return {
    findRun: (idOrPrefix) => findRun(database, idOrPrefix),
    listRuns: (query = {}) => listRuns(database, query),
    readPredictions: (id) => readPredictions(database, id),
    readRuns: (ids) => readRuns(database, ids),
    readAnswers: (ids) => readAnswers(database, ids),
    listCheckpoints: (id) => listCheckpoints(database, id),
    readCurve: (id) => readCurve(database, id),
    readLog: (id) => readLog(database, id),
    listComparisons: () => listComparisons(database),
    listDoneExperiments: (datasetHashes) => listDoneExperiments(database, datasetHashes),
    listTrainings: (datasetHash, seeds, trainImages) =>
      listTrainings(database, datasetHash, seeds, trainImages),
    readMarks: (data) => readMarks(database, data),
    findMarkSet: (hash, datasetHash) => findMarkSet(database, hash, datasetHash),
    findPhotoSet: (hash) => findPhotoSet(database, hash),
    readGain: (runId) => readGain(database, runId),
    close,
  }
}
