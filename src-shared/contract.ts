// THE contract: every call that the page can make and everything that is announced to it, with a schema for each.
// Plain data only. Calls ask, events announce what is already stored; failures cross as {code, message}.
import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { calibrationSchema } from './calibration.ts'
import { comparisons } from './contract/comparisons.ts'
import { evaluation } from './contract/evaluation.ts'
import { exportCalls } from './contract/exports.ts'
import { images } from './contract/images.ts'
import { inspectCalls } from './contract/inspect.ts'
import { paper } from './contract/paper.ts'
import { call, id, nothing, path } from './contract/parts.ts'
import { photoCalls } from './contract/photos.ts'
import { reportCalls } from './contract/reports.ts'
import { transferCalls } from './contract/transfers.ts'
import { viewCalls, viewsChangedSchema } from './contract/views.ts'
import { ENGINE_CHOICES, ENGINE_NAMES, hardwareSchema, threadsSchema } from './engine.ts'
import { measuringProgressSchema } from './evaluation.ts'
import { experimentSchema } from './experiment.ts'
import { photoBatchSchema } from './photo-batch.ts'
import { leftOutSchema, PHOTO_FORMS } from './photo-dataset.ts'
import { marks } from './contract/marks.ts'
import { quality } from './contract/quality.ts'
import { qualityProgressSchema } from './quality.ts'
import { queueSchema } from './queue.ts'
import { batchLossSchema, runEventSchema, trainingProgressSchema } from './run-events.ts'
import { runListSchema, runQuerySchema } from './run-list.ts'
import {
  annotationChangesSchema,
  checkpointSchema,
  runAnnotationsSchema,
  runLogLineSchema,
  runSchema,
  sharedAnnotationsSchema,
} from './run.ts'
import { savedComparisonSchema } from './saved-comparison.ts'

export const THEMES = ['system', 'light', 'dark'] as const

export const settingsSchema = z.strictObject({
  theme: z.enum(THEMES),
  engine: z.enum(ENGINE_CHOICES),
  threads: threadsSchema,
})
export type Settings = z.infer<typeof settingsSchema>

export const systemSchema = z.object({
  version: z.string(),
  /** The data folder. */
  home: z.string(),
  hardware: hardwareSchema,
  /** Messages about what was found and mended at the start; empty when all was well. */
  notices: z.array(z.string()),
  /** Present when a folder was named at the start to use without installing it. */
  dataDirectory: z.string().nullable(),
})
export type System = z.infer<typeof systemSchema>

export const engineStateSchema = z.object({
  name: z.enum(ENGINE_NAMES),
  starts: z.boolean(),
  /** Why it does not start, or what else there is to know; null when all is well. */
  notice: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
})
export type EngineState = z.infer<typeof engineStateSchema>

/** A dataset that is here, that a program draws, that can be downloaded, or that is damaged. */
export const datasetSummarySchema = z.object({
  id: z.string(),
  state: z.enum(['installed', 'generated', 'available', 'damaged', 'folder']),
  name: z.string(),
  /** SHA-256 of the content; null where it is not here. */
  hash: z.string().nullable(),
  /** The folder that is used in place, or null. */
  directory: z.string().nullable(),
  classNames: z.array(z.string()),
  /** Sizes and counts are 0 where they are not known: of a dataset that is not here or is damaged. */
  height: z.int(),
  width: z.int(),
  /** 1 for grey, 3 for red, green and blue. */
  channels: z.union([z.literal(1), z.literal(3)]),
  trainCount: z.int(),
  testCount: z.int(),
  /** Bytes on the disk, or to download; 0 for a generated one and for a folder. */
  bytes: z.int(),
  /** Why it is damaged, or where it comes from and under which licence. */
  note: z.string(),
})
export type DatasetSummary = z.infer<typeof datasetSummarySchema>

const datasetChange = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('dataset-progressed'),
    /** Of the work: what the caller of `datasets.add` chose, else the id that the dataset will have. */
    id: z.string(),
    /** What people call it. */
    name: z.string(),
    activity: z.enum(['downloading', 'preparing', 'installing']),
    /** Bytes; photos while they are prepared. */
    done: z.int(),
    total: z.int(),
  }),
  z.object({ type: z.literal('datasets-changed') }),
])

const photoChange = z.discriminatedUnion('type', [
  /** A batch has begun, has come further (a few times a second) or has ended. */
  z.object({ type: z.literal('photo-batch-changed'), batch: photoBatchSchema }),
  /** Photos of a batch were answered, labelled or prepared anew: what is shown of them is to be read again. */
  z.object({ type: z.literal('photos-changed'), batchId: z.string() }),
  z.object({ type: z.literal('photo-batch-deleted'), batchId: z.string() }),
])

export const appEventSchema = z.discriminatedUnion('type', [
  ...runEventSchema.options,
  ...datasetChange.options,
  ...photoChange.options,
  z.object({ type: z.literal('marks-changed'), datasetHash: z.string() }),
  z.object({ type: z.literal('quality-progressed'), datasetId: z.string(), progress: qualityProgressSchema }),
  /** The work began or ended, or there is another report. */
  z.object({ type: z.literal('quality-changed'), datasetId: z.string() }),
  z.object({
    type: z.literal('evaluation-progressed'),
    runId: z.string(),
    progress: measuringProgressSchema,
  }),
  /** Measuring a run's confidence began or ended. */
  z.object({ type: z.literal('evaluation-changed'), runId: z.string() }),
  z.object({ type: z.literal('queue-changed'), queue: queueSchema }),
  z.object({ type: z.literal('run-deleted'), runId: z.string() }),
  z.object({ type: z.literal('settings-changed'), settings: settingsSchema }),
  z.object({ type: z.literal('comparisons-changed'), comparisons: z.array(savedComparisonSchema) }),
  /** What people wrote onto runs has changed, of many at once. */
  z.object({
    type: z.literal('runs-annotated'),
    runs: z.array(z.object({ runId: z.string(), annotations: runAnnotationsSchema })),
  }),
  /** A measurement that somebody waits for: until the machine is free, or while it goes on. */
  z.object({
    type: z.literal('calibration-progressed'),
    engine: z.enum(ENGINE_CHOICES),
    state: z.enum(['waiting', 'measuring']),
  }),
  viewsChangedSchema,
])
export type AppEvent = z.infer<typeof appEventSchema>

/** A run to make: a whole experiment, checked again when it arrives. */
export const runRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(200).nullable(),
  experiment: experimentSchema,
  /** A folder to use in place instead of an installed dataset, or null. */
  directory: path.nullable(),
  tags: z.array(z.string().trim().min(1).max(50)).max(50),
})
export type RunRequest = z.infer<typeof runRequestSchema>

export const runCurveSchema = z.object({
  /** The loss of single batches, thinned to at most 200 for each epoch. */
  batchLosses: z.array(batchLossSchema),
  /** The newest progress of a live run, null otherwise. */
  progress: trainingProgressSchema.nullable(),
})
export type RunCurve = z.infer<typeof runCurveSchema>

export const runFilesSchema = z.object({
  /** The whole path; it is made when the first epoch is finished. */
  folder: z.string(),
  /** In the order of the epochs. */
  checkpoints: z.array(checkpointSchema),
})
export type RunFiles = z.infer<typeof runFilesSchema>

export const contract = {
  system: {
    read: call.input(nothing).output(systemSchema),
    /** Starts every engine once, in a process of its own, to see which do. Takes a few seconds. */
    checkEngines: call.input(nothing).output(z.array(engineStateSchema)),
  },
  settings: {
    read: call.input(nothing).output(settingsSchema),
    change: call.input(settingsSchema.partial()).output(settingsSchema),
  },
  datasets: {
    list: call.input(nothing).output(z.array(datasetSummarySchema)),
    add: call
      .input(
        z.strictObject({
          folder: path,
          id: id.nullable(),
          name: z.string().max(200).nullable(),
          /** By what the progress is announced and can be cancelled; left out, the id that the dataset will have. */
          announceAs: id.optional(),
        }),
      )
      .output(datasetSummarySchema),
    /** Makes a dataset of a folder of photos, with a folder in it for each class. */
    addPhotos: call
      .input(
        z.strictObject({
          folder: path,
          form: z.enum(PHOTO_FORMS),
          id: id.nullable(),
          name: z.string().max(200).nullable(),
          /** As for `add`. */
          announceAs: id.optional(),
        }),
      )
      .output(z.object({ dataset: datasetSummarySchema, leftOut: z.array(leftOutSchema) })),
    download: call.input(z.strictObject({ id })).output(datasetSummarySchema),
    /** Ends what is being added or downloaded under the id that its progress is announced by. */
    cancel: call.input(z.strictObject({ id })).output(nothing),
    verify: call.input(z.strictObject({ id })).output(z.object({ hash: z.string() })),
    remove: call.input(z.strictObject({ id })).output(nothing),
  },
  images,
  inspect: inspectCalls,
  quality,
  marks,
  experiments: {
    /** For each experiment the newest completed run with the same settings on the same data, or null. */
    findDone: call
      .input(z.strictObject({ experiments: z.array(experimentSchema).max(5000), directory: path.nullable() }))
      .output(z.array(z.string().nullable())),
    /** Measures a few batches on the engine, in a process of its own; waits while a run trains, which is announced. */
    calibrate: call
      .input(
        z.strictObject({
          experiment: experimentSchema,
          engine: z.enum(ENGINE_CHOICES),
          directory: path.nullable(),
        }),
      )
      .output(calibrationSchema),
  },
  queue: {
    read: call.input(nothing).output(queueSchema),
    /** Stores the runs and lines them up. */
    add: call
      .input(
        z.strictObject({
          requests: z.array(runRequestSchema).min(1).max(5000),
          engine: z.enum(ENGINE_CHOICES),
        }),
      )
      .output(z.object({ runIds: z.array(z.string()) })),
    /** Puts a waiting run at a place, 0 being next. */
    move: call.input(z.strictObject({ runId: id, place: z.int().min(0) })).output(queueSchema),
    /** Takes waiting runs out and marks them cancelled. */
    remove: call.input(z.strictObject({ runIds: z.array(id).min(1) })).output(queueSchema),
    /** Lets the current run end and starts no other. */
    hold: call.input(nothing).output(queueSchema),
    release: call.input(nothing).output(queueSchema),
  },
  runs: {
    list: call.input(runQuerySchema).output(runListSchema),
    read: call.input(z.strictObject({ runId: id })).output(runSchema),
    /** The curve of all epochs so far, the one in training included. */
    readCurve: call.input(z.strictObject({ runId: id })).output(runCurveSchema),
    /** Lines of what happened to the run, oldest first. */
    readLog: call.input(z.strictObject({ runId: id })).output(z.array(runLogLineSchema)),
    annotate: call.input(z.strictObject({ runId: id, changes: annotationChangesSchema })).output(runSchema),
    /** Changes many runs, all or none; announced at once as 'runs-annotated'. */
    annotateAll: call
      .input(z.strictObject({ runIds: z.array(id).min(1).max(10_000), changes: sharedAnnotationsSchema }))
      .output(nothing),
    /** Where its files lie, and which checkpoints are kept. */
    readFiles: call.input(z.strictObject({ runId: id })).output(runFilesSchema),
    pause: call.input(z.strictObject({ runId: id })).output(nothing),
    /** Goes on with a paused run, or lines up an unfinished one again. */
    resume: call.input(z.strictObject({ runId: id })).output(nothing),
    /** Ends a run early, or takes it out of the queue; finished epochs stay. */
    cancel: call.input(z.strictObject({ runId: id })).output(nothing),
    /** Lines up a completed run for more epochs. */
    extend: call.input(z.strictObject({ runId: id, epochs: z.int().min(1) })).output(nothing),
    delete: call.input(z.strictObject({ runIds: z.array(id).min(1).max(10_000) })).output(nothing),
    restore: call.input(z.strictObject({ runIds: z.array(id).min(1).max(10_000) })).output(nothing),
  },
  evaluation,
  exports: exportCalls,
  transfers: transferCalls,
  reports: reportCalls,
  photos: photoCalls,
  comparisons,
  paper,
  views: viewCalls,
  /**
   * Everything that is announced from now on; ends when the reader stops. A reader that is hopelessly behind gets the
   * failure 'unavailable': it asks again for what it shows, and for the events.
   */
  events: call.input(nothing).output(eventIterator(appEventSchema)),
}
export type Contract = typeof contract
