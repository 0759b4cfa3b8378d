// The words of classified photos: a photo batch is stored work (photos, the runs that judge them, how they are
// prepared); each photo in it has a number, a prediction of each run, and perhaps a label that someone gave it.
// Predictions and labels are kept apart. (A batch of training is something else: see experiment.ts.)
import { z } from 'zod'
import {
  cutOutEditSchema,
  photoMeasuresSchema,
  preparationSettingsSchema,
  STEP_NAMES,
} from './preparation.ts'
import { judgeThresholdsSchema, VERDICTS, verdictSchema } from './verdict.ts'

export const PHOTO_BATCH_STATUSES = ['running', 'completed', 'cancelled', 'interrupted', 'failed'] as const

/** Bytes as text; the contract carries text alone. */
const base64 = z.base64()

/** What a run says of a photo. Probabilities are calibrated on the run's validation images. */
export const photoPredictionSchema = z.object({
  runId: z.string(),
  /** Number of the class among the run's class names. */
  label: z.int(),
  className: z.string(),
  verdict: verdictSchema,
})
export type PhotoPrediction = z.infer<typeof photoPredictionSchema>

/** A run as a photo batch needs it. */
export const judgingRunSchema = z.object({
  runId: z.string(),
  name: z.string(),
  classNames: z.array(z.string()),
  /** On the test images of its own dataset, 0..1; null where it was not evaluated on them. */
  testAccuracy: z.number().nullable(),
})
export type JudgingRun = z.infer<typeof judgingRunSchema>

export const photoBatchSchema = z.object({
  id: z.string(),
  /** Made of what was dropped: 'autumn (214 photos)'. */
  name: z.string(),
  status: z.enum(PHOTO_BATCH_STATUSES),
  /** Why it failed or was interrupted; null otherwise. */
  reason: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** What it does just now besides answering, such as learning what a run knows; null for nothing to tell. */
  activity: z.string().nullable(),
  runs: z.array(judgingRunSchema),
  settings: preparationSettingsSchema,
  /** PREPARATION_VERSION at the time. */
  preparationVersion: z.int(),
  /** Those that were set for the batch; null for each run's own. */
  thresholds: judgeThresholdsSchema.nullable(),
  /** Photos found so far; folders are looked through while the first photos are answered. */
  total: z.int(),
  /** Answered or refused. */
  done: z.int(),
  refused: z.int(),
  /** With a verdict other than 'confident' by the first run. */
  doubtful: z.int(),
  /** Where the runs do not agree. */
  disagreeing: z.int(),
  /** With a label: given by hand, or the name of the folder that it lies in. */
  labelled: z.int(),
  corrected: z.int(),
  /** Labelled with a class of the first run, and predicted otherwise by it. */
  wrong: z.int(),
  /** Names of the folders that the labels were read from; empty where the folders are no classes. */
  folderClasses: z.array(z.string()),
})
export type PhotoBatch = z.infer<typeof photoBatchSchema>

export const photoRowSchema = z.object({
  /** Position in its batch, from 0. */
  number: z.int(),
  /** What to call it: the path below what was dropped. */
  file: z.string(),
  status: z.enum(['waiting', 'predicted', 'refused']),
  /** Why it was refused; null otherwise. */
  reason: z.string().nullable(),
  /** In the order of the batch's runs; empty until it is predicted. */
  predictions: z.array(photoPredictionSchema),
  /** The class that its folder names, or null. */
  folderLabel: z.string().nullable(),
  /** The label that someone gave it, or null. */
  correctedLabel: z.string().nullable(),
  /** Whether it was prepared with settings or edits of its own. */
  edited: z.boolean(),
  /** A JPEG of at most 96 pixels a side; null until it is predicted. */
  thumbnail: base64.nullable(),
  /** 784 bytes, 28 x 28: what the networks see. Null until it is predicted. */
  input: base64.nullable(),
})
export type PhotoRow = z.infer<typeof photoRowSchema>

/** Which photos of a batch. */
export const PHOTO_FILTERS = [
  'all',
  'doubtful',
  'refused',
  'disagreeing',
  'labelled',
  'corrected',
  'wrong',
] as const

export const photoQuerySchema = z.strictObject({
  batchId: z.string().min(1).max(100),
  filter: z.enum(PHOTO_FILTERS),
  /** Part of the file's name; empty for all. */
  search: z.string().max(200),
  /** A class name that the first run predicted, or null for all. */
  predicted: z.string().max(100).nullable(),
  /** A verdict of the first run, or null for all. */
  verdict: z.enum(VERDICTS).nullable(),
  from: z.int().min(0),
  count: z.int().min(1).max(200),
})
export type PhotoQuery = z.infer<typeof photoQuerySchema>

/** The query without its page: for the numbers of all photos that it has. */
export const photoNumbersQuerySchema = photoQuerySchema.omit({ from: true, count: true })
export type PhotoNumbersQuery = z.infer<typeof photoNumbersQuerySchema>

export const photoPageSchema = z.object({
  /** How many the query has in all. */
  total: z.int(),
  photos: z.array(photoRowSchema),
})
export type PhotoPage = z.infer<typeof photoPageSchema>

/** A picture that is shown: 1 channel is grey, 3 RGB, 4 RGBA with straight alpha; `width * height * channels` bytes. */
export const packedImageSchema = z.object({
  width: z.int(),
  height: z.int(),
  channels: z.union([z.literal(1), z.literal(3), z.literal(4)]),
  pixels: base64,
})
export type PackedImage = z.infer<typeof packedImageSchema>

export const photoStepSchema = z.object({
  name: z.enum(STEP_NAMES),
  title: z.string(),
  /** What was done and what was found, in a sentence. */
  note: z.string(),
  image: packedImageSchema,
})
export type PhotoStep = z.infer<typeof photoStepSchema>

export const nearestImageSchema = z.object({
  /** Number of the image in the training split. */
  index: z.int(),
  label: z.int(),
  className: z.string(),
  distance: z.number(),
  image: packedImageSchema,
})
export type NearestImage = z.infer<typeof nearestImageSchema>

/** One run's answer to one photo, with everything behind it. */
export const photoAnswerSchema = z.object({
  runId: z.string(),
  /** The most probable first, at most five. */
  top: z.array(z.object({ label: z.int(), className: z.string(), probability: z.number() })),
  verdict: verdictSchema,
  /** Training images that the network finds most alike; empty where the training data is not here any more. */
  nearest: z.array(nearestImageSchema),
})
export type PhotoAnswer = z.infer<typeof photoAnswerSchema>

/** Everything about one photo: the strip from the photo to the input, and the answers. */
export const photoDetailSchema = z.object({
  row: photoRowSchema,
  settings: preparationSettingsSchema,
  edit: cutOutEditSchema.nullable(),
  /** As stored in the file, upright. */
  originalWidth: z.int(),
  originalHeight: z.int(),
  steps: z.array(photoStepSchema),
  measures: photoMeasuresSchema,
  answers: z.array(photoAnswerSchema),
})
export type PhotoDetail = z.infer<typeof photoDetailSchema>

/** How much the probability of the predicted class falls when a window around each pixel is covered. */
export const occlusionMapSchema = z.object({
  width: z.int(),
  height: z.int(),
  /** Row after row; above 0 where covering lowers the probability. */
  values: z.array(z.number()),
})
export type OcclusionMap = z.infer<typeof occlusionMapSchema>

/** Labelled photos as an external test set: what a run makes of them. */
export const photoEvaluationSchema = z.object({
  runId: z.string(),
  /** Photos with a label that is one of the run's classes. */
  count: z.int(),
  correct: z.int(),
  /** correct / count; null where there is none. */
  accuracy: z.number().nullable(),
  /** Wilson's interval of 95 % around it. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Accuracy on the run's own test images less this one; null where one of them is not known. */
  gap: z.number().nullable(),
  classNames: z.array(z.string()),
  /** Counts [label][predicted class]. */
  confusionMatrix: z.array(z.array(z.int())),
  /** Labelled photos that could not be counted: refused, or with a label that the run does not know. */
  leftOut: z.int(),
  /** Labels that the run does not know, and how many photos have them; all of these are left out. */
  unknown: z.array(z.object({ className: z.string(), count: z.int() })),
})
export type PhotoEvaluation = z.infer<typeof photoEvaluationSchema>

/** A run that can judge photos, or why it cannot. */
export const photoJudgeSchema = judgingRunSchema.extend({
  /** Set on validation data; null until the run has judged its first photo. */
  thresholds: judgeThresholdsSchema.nullable(),
  /** Null when it can; otherwise why not, such as weights that are gone. */
  problem: z.string().nullable(),
})
export type PhotoJudge = z.infer<typeof photoJudgeSchema>

export const samplePhotoSchema = z.object({
  file: z.string(),
  path: z.string(),
  className: z.string(),
  /** A JPEG of at most 96 pixels a side. */
  thumbnail: base64,
})
export type SamplePhoto = z.infer<typeof samplePhotoSchema>
