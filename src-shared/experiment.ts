// An experiment: every setting of one training, as one record that is stored with the run and can be run again.
// `parseExperiment` is the only way in: it fills defaults and refuses with a sentence.
import { z } from 'zod'
import { adaptationSchema } from './adaptation.ts'
import { Failure } from './failure.ts'

export const MODEL_NAMES = ['linear', 'mlp', 'tiny-vgg'] as const
export const LOSS_NAMES = ['cross-entropy', 'multi-margin', 'nll', 'nll-on-logits'] as const
export const OPTIMIZER_NAMES = ['sgd', 'adam'] as const
export const ACTIVATION_NAMES = ['relu', 'leaky-relu', 'tanh', 'sigmoid'] as const
export const POOLING_NAMES = ['max', 'average'] as const
export const PADDING_NAMES = ['same', 'valid'] as const
export const SCHEDULE_NAMES = ['constant', 'cosine'] as const
export const AUGMENTATION_NAMES = ['none', 'photo'] as const

export type ModelName = (typeof MODEL_NAMES)[number]
export type LossName = (typeof LOSS_NAMES)[number]
export type OptimizerName = (typeof OPTIMIZER_NAMES)[number]
export type ActivationName = (typeof ACTIVATION_NAMES)[number]

const wholeNumber = (low: number, high: number) => z.int().min(low).max(high)
const dropout = z.number().min(0).max(0.95)

/** The notebook's V0: two linear layers and nothing between them. */
const linearSettings = z.strictObject({
  name: z.literal('linear'),
  hiddenUnits: z.array(wholeNumber(1, 4096)).length(1).default([10]),
})

/** The ANN: any hidden layers. With one layer of 10 and `activateLogits` it is the notebook's V1. */
const multilayerPerceptronSettings = z.strictObject({
  name: z.literal('mlp'),
  hiddenUnits: z.array(wholeNumber(1, 4096)).min(1).max(8).default([128]),
  activation: z.enum(ACTIVATION_NAMES).default('relu'),
  dropout: dropout.default(0),
  /** Puts the activation on the logits too, as the notebook's V1 does (and suffers from). */
  activateLogits: z.boolean().default(false),
})

/** CNN Explainer's TinyVGG: blocks of two convolutions and a pooling, then one linear classifier. */
const tinyVggSettings = z.strictObject({
  name: z.literal('tiny-vgg'),
  channels: wholeNumber(1, 256).default(10),
  kernelSize: wholeNumber(1, 11).default(3),
  stride: wholeNumber(1, 4).default(1),
  padding: z.enum(PADDING_NAMES).default('same'),
  blocks: wholeNumber(1, 4).default(2),
  pooling: z.enum(POOLING_NAMES).default('max'),
  activation: z.enum(ACTIVATION_NAMES).default('relu'),
  dropout: dropout.default(0),
})

export const modelSettings = z.discriminatedUnion('name', [
  linearSettings,
  multilayerPerceptronSettings,
  tinyVggSettings,
])
export type ModelSettings = z.infer<typeof modelSettings>
export type TinyVggSettings = z.infer<typeof tinyVggSettings>
export type MultilayerPerceptronSettings = z.infer<typeof multilayerPerceptronSettings>
export type LinearSettings = z.infer<typeof linearSettings>

const sgdSettings = z.strictObject({
  name: z.literal('sgd'),
  momentum: z.number().min(0).max(0.999).default(0),
})

const adamSettings = z.strictObject({
  name: z.literal('adam'),
  beta1: z.number().min(0).max(0.9999).default(0.9),
  beta2: z.number().min(0).max(0.99999).default(0.999),
  epsilon: z.number().gt(0).max(0.1).default(1e-8),
})

export const optimizerSettings = z.discriminatedUnion('name', [sgdSettings, adamSettings])
export type OptimizerSettings = z.infer<typeof optimizerSettings>

export const experimentSchema = z.strictObject({
  /** The id of a dataset, such as `fashion-mnist` or `sketches`. */
  dataset: z.string().min(1).max(200),
  /** How many of the remaining training images to use, the same share of every class; null means all. */
  trainImages: wholeNumber(1, 10_000_000).nullable().default(null),
  /** How many images of the training split are held out, the same share of every class. */
  validationImages: wholeNumber(0, 1_000_000),
  /** Seeds the choice of the validation images alone, so that runs with other seeds hold out the same ones. */
  splitSeed: wholeNumber(0, 0xffff_ffff).default(42),
  /** Leave out the training images that are marked 'exclude'. What is measured stays whole, so that runs compare. */
  withoutExcluded: z.boolean().default(false),
  /** Train on the right labels where given ones are marked as wrong. What is measured keeps the given ones. */
  correctedLabels: z.boolean().default(false),
  /** Which state of the marks is meant: the one at the start, which then becomes the name of a stored set. */
  marks: z
    .string()
    .regex(/^(present|[0-9a-f]{16})$/, "'present' or the 16 digits that a run names")
    .default('present'),
  /** Measure the test split after every epoch, as the paper did; otherwise once, at the end. */
  testEachEpoch: z.boolean().default(false),
  model: modelSettings.default(() => tinyVggSettings.parse({ name: 'tiny-vgg' })),
  loss: z.enum(LOSS_NAMES).default('cross-entropy'),
  optimizer: optimizerSettings.default(() => sgdSettings.parse({ name: 'sgd' })),
  learningRate: z.number().gt(0).max(100).default(0.1),
  /** Cosine falls from the learning rate to nothing over all epochs. */
  learningRateSchedule: z.enum(SCHEDULE_NAMES).default('constant'),
  batchSize: wholeNumber(1, 8192).default(32),
  epochs: wholeNumber(1, 10_000).default(3),
  /** How training images are changed before each step: see core/training/augmentation. */
  augmentation: z.enum(AUGMENTATION_NAMES).default('none'),
  /** Goes on from another run's weights with photos; null for a training from the seed. */
  adaptation: adaptationSchema.nullable().default(null),
  /** Seeds initial weights, order of samples and dropout, as torch.manual_seed does; and augmentation. */
  seed: wholeNumber(0, 0xffff_ffff).default(42),
})

export type Experiment = z.infer<typeof experimentSchema>
/** What may be left out is left to the defaults. */
export type ExperimentInput = z.input<typeof experimentSchema>
/** An experiment before its dataset is looked at: see `completeExperiment`. */
export type NewExperiment = Omit<ExperimentInput, 'validationImages'> & {
  readonly validationImages?: number | undefined
}

/** What an experiment holds out when it does not say: one image in twelve, at most 5,000. */
const DEFAULT_VALIDATION_SHARE = 1 / 12
const DEFAULT_VALIDATION_IMAGES = 5000

/**
 * Checks an experiment that came from a form, a wire, a flag or a file.
 * @throws Failure 'invalid-setting' that names every setting at fault, what was found and what is allowed
 */
export function parseExperiment(input: unknown): Experiment {
  const result = experimentSchema.safeParse(input, { reportInput: true })
  if (result.success) return result.data
  throw new Failure('invalid-setting', result.error.issues.map(describeIssue).join(' '))
}

/**
 * Fills in what depends on the dataset, then checks as `parseExperiment` does: an experiment that watches the test
 * images in every epoch holds nothing out, any other holds out one image in twelve, at most 5,000.
 * @param trainCount training images of the dataset
 */
export function completeExperiment(input: NewExperiment, trainCount: number): Experiment {
  const share = Math.min(DEFAULT_VALIDATION_IMAGES, Math.floor(trainCount * DEFAULT_VALIDATION_SHARE))
  const validationImages = input.validationImages ?? (input.testEachEpoch === true ? 0 : share)
  return parseExperiment({ ...input, validationImages })
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const setting = issue.path.length > 0 ? issue.path.join('.') : 'the experiment'
  const found = issue.input === undefined ? '' : ` (found ${JSON.stringify(issue.input)})`
  return `${setting}: ${issue.message}${found}.`
}
