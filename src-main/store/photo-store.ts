// The store's part about photos, as one object: batches, their photos, predictions, and labels given by people.
import type { PhotoBatch, PhotoNumbersQuery, PhotoQuery } from '#shared/photo-batch.ts'
import type { CutOutEdit, PreparationSettings } from '#shared/preparation.ts'
import type { JudgeThresholds, Verdict } from '#shared/verdict.ts'
import type { StoreDatabase } from './database.ts'
import { listJudgingRuns } from './judging-runs.ts'
import {
  deletePhotoBatch,
  insertPhotoBatch,
  listPhotoBatches,
  listUsedFiles,
  markPhotoBatchesInterrupted,
  markPhotosListed,
  type NewPhotoBatch,
  readPhotoBatch,
  readPhotoSources,
  setPhotoBatchStatus,
  setPhotoThresholds,
} from './photo-batches.ts'
import { copyCorrections, correctPhotos, undoCorrection } from './photo-corrections.ts'
import {
  addPhotos,
  changeVerdicts,
  listWaitingPhotos,
  type NewPhoto,
  type PhotoOutcome,
  recordOutcomes,
  setPhotoEdit,
} from './photos.ts'
import { eachPhoto, findPhoto, queryPhotoNumbers, queryPhotos } from './read-photos.ts'

export type PhotoStore = ReturnType<typeof buildPhotoStore>

export function buildPhotoStore(database: StoreDatabase) {
  return {
    listJudges: () => listJudgingRuns(database),
    insertBatch: (batch: NewPhotoBatch) => insertPhotoBatch(database, batch),
    listBatches: () => listPhotoBatches(database),
    readBatch: (id: string) => readPhotoBatch(database, id),
    listUsedFiles: () => listUsedFiles(database),
    readSources: (id: string) => readPhotoSources(database, id),
    setStatus: (id: string, status: PhotoBatch['status'], reason: string | null) =>
      setPhotoBatchStatus(database, id, status, reason),
    setThresholds: (id: string, thresholds: JudgeThresholds | null) =>
      setPhotoThresholds(database, id, thresholds),
    markListed: (id: string, folderClasses: readonly string[]) =>
      markPhotosListed(database, id, folderClasses),
    deleteBatch: (id: string) => deletePhotoBatch(database, id),
    /** To be called once at the start. */
    markInterrupted: () => markPhotoBatchesInterrupted(database),
    addPhotos: (batchId: string, photos: readonly NewPhoto[]) => addPhotos(database, batchId, photos),
    listWaiting: (batchId: string, from: number, count: number) =>
      listWaitingPhotos(database, batchId, from, count),
    recordOutcomes: (batchId: string, outcomes: readonly PhotoOutcome[]) =>
      recordOutcomes(database, batchId, outcomes),
    setEdit: (batchId: string, number: number, settings: PreparationSettings, edit: CutOutEdit | null) =>
      setPhotoEdit(database, batchId, number, settings, edit),
    changeVerdicts: (batchId: string, change: (runId: string, verdict: Verdict) => Verdict) =>
      changeVerdicts(database, batchId, change),
    find: (batchId: string, number: number) => findPhoto(database, batchId, number),
    query: (query: PhotoQuery) => queryPhotos(database, query),
    queryNumbers: (query: PhotoNumbersQuery) => queryPhotoNumbers(database, query),
    each: (batchId: string) => eachPhoto(database, batchId),
    correct: (batchId: string, numbers: readonly number[], label: string | null) =>
      correctPhotos(database, batchId, numbers, label),
    undoCorrection: (batchId: string) => undoCorrection(database, batchId),
    copyCorrections: (from: string, to: string) => copyCorrections(database, from, to),
  }
}
