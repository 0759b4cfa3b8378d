// The words of the quality board: what was found in the images of a dataset, as it is kept in a file, sent to the page and
// printed. Images are numbered as everywhere, training images first (see images.ts).
import { z } from 'zod'
import { experimentSchema } from './experiment.ts'
import { imageNumberSchema } from './images.ts'

/** Changes with every change of a method that changes findings: reports of another number are out of date. */
export const QUALITY_METHODS = 1

/** Most severe first, so many findings of a kind are kept; a report says how many there were. */
export const MAX_FINDINGS = 5000
const MAX_MEMBERS = 2000

export const FINDING_KINDS = ['duplicates', 'labels', 'outliers', 'poor'] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

const share = z.number().min(0).max(1)
const classNumber = z.int().min(0).max(255)

/** Images that are the same or almost. */
export const duplicateGroupSchema = z.object({
  /** Whether all of them are equal to the last pixel. */
  exact: z.boolean(),
  /** The two nearest of them: Euclidean distance over the length of the fainter one, see near-duplicates.ts. */
  distance: z.number().min(0),
  members: z
    .array(
      z.object({
        image: imageNumberSchema,
        label: classNumber,
        /** To the nearest other member. */
        distance: z.number().min(0),
      }),
    )
    .min(2)
    .max(MAX_MEMBERS),
  /** Whether there are training and test images among them: then the test has been seen. */
  leaks: z.boolean(),
  /** Whether they bear different labels. */
  disagrees: z.boolean(),
})
export type DuplicateGroup = z.infer<typeof duplicateGroupSchema>

/** A label that is likely wrong, see confident-learning.ts. */
export const labelFindingSchema = z.object({
  image: imageNumberSchema,
  given: classNumber,
  suggested: classNumber,
  givenProbability: share,
  suggestedProbability: share,
  /** Margin of the two probabilities. */
  score: share,
})
export type LabelFinding = z.infer<typeof labelFindingSchema>

/** An image that is far from its class. */
export const outlierFindingSchema = z.object({
  image: imageNumberSchema,
  label: classNumber,
  /** How many times as far as usual, see outliers.ts. */
  score: z.number().min(0),
})
export type OutlierFinding = z.infer<typeof outlierFindingSchema>

/** An image that holds almost no information. */
export const poorFindingSchema = z.object({
  image: imageNumberSchema,
  label: classNumber,
  lack: z.enum(['constant', 'little-ink', 'low-entropy']),
  /** Bits a pixel. */
  entropy: z.number().min(0),
  inkShare: share,
  /** Grey levels. */
  contrast: z.number().min(0).max(255),
  /** 0..1, 1 for one grey level. */
  score: share,
})
export type PoorFinding = z.infer<typeof poorFindingSchema>

/** Whose probabilities judged the labels. */
export const labelSourceSchema = z.discriminatedUnion('type', [
  /** Networks that were trained for this, each without the images that it judges. */
  z.object({ type: z.literal('folds'), folds: z.int().min(2), experiment: experimentSchema }),
  /** A run, which judges only what it was not trained on. */
  z.object({ type: z.literal('run'), runId: z.string(), name: z.string() }),
])
export type LabelSource = z.infer<typeof labelSourceSchema>

const kept = <Schema extends z.ZodType>(finding: Schema) =>
  z.object({ found: z.int().min(0), findings: z.array(finding).max(MAX_FINDINGS) })

export const qualityReportSchema = z.object({
  format: z.literal(1),
  methods: z.int(),
  datasetId: z.string(),
  datasetHash: z.string(),
  trainCount: z.int(),
  testCount: z.int(),
  computedAt: z.iso.datetime(),
  /** What each stage took, in order. */
  stages: z.array(z.object({ stage: z.string(), ms: z.number() })).max(100),
  /** Highest resident memory of the process that computed it. */
  memoryBytes: z.int(),
  engine: z.string(),
  duplicates: kept(duplicateGroupSchema).extend({ /** Largest distance looked for. */ limit: z.number() }),
  labels: kept(labelFindingSchema).extend({
    source: labelSourceSchema,
    /** How many images were judged. */
    covered: z.object({ train: z.int(), test: z.int() }),
    /** Share of the images judged whose label is the likeliest class. */
    agreement: share,
    /** Estimated share of wrong labels among the images judged: the joint beside its diagonal. */
    errorShare: share,
    /** Estimated share of images labelled [row] that are [column]. */
    joint: z.array(z.array(share)).max(256),
  }),
  outliers: kept(outlierFindingSchema).extend({
    neighbours: z.int(),
    /** Three typical training images of each class. */
    typical: z.array(z.array(imageNumberSchema).max(3)).max(256),
  }),
  poor: kept(poorFindingSchema),
})
export type QualityReport = z.infer<typeof qualityReportSchema>

/** The report without its lists of findings. */
export const qualitySummarySchema = z.object({
  methods: z.int(),
  datasetHash: z.string(),
  computedAt: z.iso.datetime(),
  stages: qualityReportSchema.shape.stages,
  memoryBytes: z.int(),
  engine: z.string(),
  counts: z.record(z.enum(FINDING_KINDS), z.int()),
  /** Groups of duplicates with images of both splits. */
  leaks: z.int(),
  limit: z.number(),
  labels: qualityReportSchema.shape.labels.omit({ found: true, findings: true }),
  typical: qualityReportSchema.shape.outliers.shape.typical,
  neighbours: z.int(),
})
export type QualitySummary = z.infer<typeof qualitySummarySchema>

export const QUALITY_STAGES = [
  'loading',
  'information',
  'duplicates',
  'outliers',
  'training',
  'labels',
] as const
export type QualityStage = (typeof QUALITY_STAGES)[number]

export const qualityProgressSchema = z.object({
  stage: z.enum(QUALITY_STAGES),
  /** Of the stage, 0..1. */
  share,
  /** Such as 'Network 2 of 4'; empty where there is nothing to add. */
  detail: z.string(),
})
export type QualityProgress = z.infer<typeof qualityProgressSchema>

export const qualityStateSchema = z.object({
  /** What is being computed: `progress` is null while it waits for a run that trains. */
  work: z.object({ progress: qualityProgressSchema.nullable() }).nullable(),
  /** Why the last attempt ended without a report; null when it did not. */
  failure: z.string().nullable(),
  /**
   * - `absent` never computed
   * - `fresh` of these very images, by these methods
   * - `other-data` the images are others now: its numbers do not fit them
   * - `other-methods` an older Atelier computed it
   */
  state: z.enum(['absent', 'fresh', 'other-data', 'other-methods']),
  summary: qualitySummarySchema.nullable(),
})
export type QualityState = z.infer<typeof qualityStateSchema>

export function imageCountOf({ trainCount, testCount }: QualityReport): number {
  return trainCount + testCount
}

export function summarizeReport(report: QualityReport): QualitySummary {
  const { methods, datasetHash, computedAt, stages, memoryBytes, engine, duplicates, outliers, poor } = report
  const { findings: _, found, ...labels } = report.labels
  return {
    ...{ methods, datasetHash, computedAt, stages, memoryBytes, engine, labels },
    counts: { duplicates: duplicates.found, labels: found, outliers: outliers.found, poor: poor.found },
    leaks: duplicates.findings.filter(({ leaks }) => leaks).length,
    limit: duplicates.limit,
    typical: outliers.typical,
    neighbours: outliers.neighbours,
  }
}

/** Names by which images can be filtered, with the images of a report that bear them. */
export const QUALITY_FLAGS = {
  duplicate: 'Duplicate',
  leak: 'In both splits',
  'label-error': 'Likely label error',
  outlier: 'Outlier',
  poor: 'Little information',
} as const
export type QualityFlag = keyof typeof QUALITY_FLAGS
export const QUALITY_FLAG_NAMES = Object.keys(QUALITY_FLAGS) as readonly QualityFlag[]

export function imagesOfFlag(
  { duplicates, labels, outliers, poor }: QualityReport,
  flag: QualityFlag,
): readonly number[] {
  switch (flag) {
    case 'duplicate':
      return duplicates.findings.flatMap(({ members }) => members.map(({ image }) => image))
    case 'leak':
      return duplicates.findings
        .filter(({ leaks }) => leaks)
        .flatMap(({ members }) => members.map(({ image }) => image))
    case 'label-error':
      return labels.findings.map(({ image }) => image)
    case 'outlier':
      return outliers.findings.map(({ image }) => image)
    case 'poor':
      return poor.findings.map(({ image }) => image)
    default:
      return flag satisfies never
  }
}
