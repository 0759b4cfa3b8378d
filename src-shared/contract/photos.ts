// Calls about photos: batches of them, what was made of each, labels that people give, and what goes out again.
import { z } from 'zod'
import { adaptationGainSchema, adaptationOutlookSchema } from '../adaptation.ts'
import {
  occlusionMapSchema,
  photoBatchSchema,
  photoDetailSchema,
  photoEvaluationSchema,
  photoJudgeSchema,
  photoNumbersQuerySchema,
  photoPageSchema,
  photoQuerySchema,
  samplePhotoSchema,
} from '../photo-batch.ts'
import { cutOutEditSchema, preparationSettingsSchema } from '../preparation.ts'
import { judgeThresholdsSchema } from '../verdict.ts'
import { call, id, nothing, path } from './parts.ts'

/** Bytes of one piece of an upload, before they become text. */
export const UPLOAD_PIECE_BYTES = 1024 * 1024
/** The most photos that one batch takes; what folders hold beyond is told and left out. */
export const MAX_BATCH_PHOTOS = 20_000

const fileName = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^\P{Cc}+$/u, 'a name has no control characters')

const batch = z.strictObject({ batchId: id })
const photo = batch.extend({ number: z.int().min(0) })
const runIds = z.array(id).min(1).max(8)

/** What is dropped: paths of files and folders on this machine, or the ids of finished uploads. */
const sources = z.strictObject({
  paths: z.array(path).max(MAX_BATCH_PHOTOS),
  uploads: z.array(z.string().max(100)).max(MAX_BATCH_PHOTOS),
})

/** What was written, and what was not, file by file. */
const written = z.object({
  /** The folder or file on this machine. */
  path: z.string(),
  count: z.int(),
  leftOut: z.array(z.object({ file: z.string(), reason: z.string() })),
})

export const photoCalls = {
  /** Completed runs, newest first, and whether each can judge photos. */
  listJudges: call.input(nothing).output(z.array(photoJudgeSchema)),
  /** Drawn by Atelier, to try the page with. `folder` can be classified as a whole. */
  listSamples: call
    .input(nothing)
    .output(z.object({ folder: z.string(), photos: z.array(samplePhotoSchema) })),
  /** The run's own limits, set on its validation images; the first time, this takes as long as its first photo. */
  readThresholds: call.input(z.strictObject({ runId: id })).output(judgeThresholdsSchema),
  /** The settings that the last batch was prepared with, which the next one begins with. */
  readSettings: call.input(nothing).output(preparationSettingsSchema),

  /**
   * Takes one piece of a file that the page holds; `uploadId` is null for the first piece. A file that fits into one
   * piece takes one call. Files that no batch uses are removed at the next start.
   * @returns the id to go on with, and how many bytes have come
   */
  upload: call
    .input(
      z.strictObject({
        uploadId: z.string().max(100).nullable(),
        /** With its folders, such as `autumn/dress/12.jpg`. */
        name: fileName,
        /** Of the whole file. */
        bytes: z.int().min(0),
        /** Where this piece begins: as many bytes as have come. */
        offset: z.int().min(0),
        piece: z.base64().max(Math.ceil(UPLOAD_PIECE_BYTES / 3) * 4),
      }),
    )
    .output(z.object({ uploadId: z.string(), received: z.int() })),

  /** Starts a batch; answers are stored and announced one after the other. */
  classify: call
    .input(
      z.strictObject({
        sources,
        runIds,
        /** Null for those that are remembered. */
        settings: preparationSettingsSchema.nullable(),
        /** Null for each run's own. */
        thresholds: judgeThresholdsSchema.nullable(),
      }),
    )
    .output(photoBatchSchema),
  /** A new batch of the same photos, with other runs or settings; labels given by hand come along. */
  classifyAgain: call
    .input(batch.extend({ runIds, settings: preparationSettingsSchema }))
    .output(photoBatchSchema),
  /** Gives every answer its verdict anew from the measures that are stored with it; null for each run's own limits. */
  changeThresholds: call
    .input(batch.extend({ thresholds: judgeThresholdsSchema.nullable() }))
    .output(photoBatchSchema),
  cancel: call.input(batch).output(nothing),
  /** Goes on with what a cancelled or interrupted batch has not answered yet. */
  resume: call.input(batch).output(nothing),
  listBatches: call.input(nothing).output(z.array(photoBatchSchema)),
  readBatch: call.input(batch).output(photoBatchSchema),
  /** Removes a batch with its answers, labels and uploaded files; photos on the disk stay where they are. */
  deleteBatch: call.input(batch).output(nothing),

  listPhotos: call.input(photoQuerySchema).output(photoPageSchema),
  /** Which photos `listPhotos` would give over all pages, in its order: for a long list, and to choose many at once. */
  listNumbers: call
    .input(photoNumbersQuerySchema)
    .output(z.object({ numbers: z.array(z.int().min(0)).max(MAX_BATCH_PHOTOS) })),
  /** Prepares the photo again to show every step, and asks every run of the batch. */
  readPhoto: call.input(photo).output(photoDetailSchema),
  /** Prepares one photo in another way and keeps the answers in place of the old ones. */
  prepareAgain: call
    .input(photo.extend({ settings: preparationSettingsSchema, edit: cutOutEditSchema.nullable() }))
    .output(photoDetailSchema),
  /** How the probability of the predicted class depends on each part of the input. */
  explain: call.input(photo.extend({ runId: id })).output(occlusionMapSchema),

  /** Gives photos a label, or takes it away with null; a label may confirm what was predicted. */
  correct: call
    .input(
      batch.extend({
        numbers: z.array(z.int().min(0)).min(1).max(MAX_BATCH_PHOTOS),
        label: z.string().min(1).max(100).nullable(),
      }),
    )
    .output(photoBatchSchema),
  /** Takes back the newest change of labels in the batch. */
  undoCorrection: call.input(batch).output(z.object({ batch: photoBatchSchema, numbers: z.array(z.int()) })),

  /** Labelled photos as an external test set for runs; those that have not judged the batch yet are asked now. */
  evaluate: call.input(batch.extend({ runIds })).output(z.array(photoEvaluationSchema)),
  /** Answers of all photos as text, safe in a spreadsheet. */
  exportResults: call
    .input(batch.extend({ format: z.enum(['csv', 'json']) }))
    .output(z.object({ name: z.string(), text: z.string() })),
  /**
   * Writes the labelled photos into a new or empty folder: their inputs as a folder of PNG for each class, as one CSV,
   * or as IDX files.
   */
  exportLabelled: call
    .input(batch.extend({ folder: path, format: z.enum(['folders', 'csv', 'idx']) }))
    .output(written),
  /** Copies the original photos into a folder for each class; nothing is moved and nothing overwritten. */
  sort: call
    .input(batch.extend({ folder: path, runId: id, by: z.enum(['predicted', 'labelled']) }))
    .output(written),
  /** Lines up a run that goes on from `runId` with the labelled photos of batches. */
  adapt: call
    .input(z.strictObject({ runId: id, batchIds: z.array(id).min(1).max(100) }))
    .output(z.object({ runId: z.string() })),
  /** What `adapt` would take, and whether it would; lines nothing up. */
  foreseeAdaptation: call
    .input(z.strictObject({ runId: id, batchIds: z.array(id).min(1).max(100) }))
    .output(adaptationOutlookSchema),
  /** What an adaptation gained; null for a run that is none, or is not measured yet. */
  readGain: call.input(z.strictObject({ runId: id })).output(adaptationGainSchema.nullable()),
}
