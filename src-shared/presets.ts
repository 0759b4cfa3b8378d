// Experiments with a name: the paper's default, every row of its tables, the notebook's three models, and one whose runs
// judge real photos.
// Sources: tables I to VI of the paper; where it leaves a setting open, the value is inferred and `note` says so.
import type { ExperimentInput, NewExperiment } from './experiment.ts'

export interface Preset {
  readonly name: string
  readonly title: string
  /** What to know before comparing with the paper; empty where there is nothing to say. */
  readonly note: string
  /** All settings but the dataset. */
  readonly settings: Omit<NewExperiment, 'dataset'>
}

/** The paper trains on all training images and watches the test images in every epoch. */
const asThePaper = { testEachEpoch: true, validationImages: 0, splitSeed: 42, seed: 42 } as const

const paperDefault = {
  ...asThePaper,
  model: { name: 'tiny-vgg' },
  loss: 'cross-entropy',
  optimizer: { name: 'sgd' },
  learningRate: 0.1,
  batchSize: 32,
  epochs: 3,
} as const satisfies Omit<ExperimentInput, 'dataset'>

/** A somewhat larger TinyVGG on augmented images; what each part of it is worth is in docs/photos.md. */
const photoReady = {
  model: { name: 'tiny-vgg', channels: 40, blocks: 3, dropout: 0.1 },
  optimizer: { name: 'adam' },
  learningRate: 0.003,
  learningRateSchedule: 'cosine',
  batchSize: 64,
  epochs: 8,
  augmentation: 'photo',
} as const satisfies Omit<NewExperiment, 'dataset'>

const EQUAL_TO_CROSS_ENTROPY = 'On log-softmax this loss is cross-entropy: the same values and gradients.'
const EIGHT_EPOCHS =
  'The paper does not say for how long; its times and losses fit 8 epochs, not its default of 3.'

export const PRESETS: readonly Preset[] = [
  row('paper-default', 'The default of the paper', {}),
  row('table-1-sgd', 'Table I: SGD', {}),
  row(
    'table-1-adam',
    'Table I: Adam',
    { optimizer: { name: 'adam' } },
    'The learning rate 0.1 is that of SGD; at it Adam collapses to a constant answer. Adam trains well at 0.001.',
  ),
  row('table-2-cross-entropy', 'Table II: CrossEntropyLoss', {}),
  row(
    'table-2-multi-margin',
    'Table II: MultiMarginLoss',
    { loss: 'multi-margin' },
    'The 99.67 % of the paper contradict its own loss; 89.67 % would fit.',
  ),
  row('table-2-nll', 'Table II: NLLLoss', { loss: 'nll' }, EQUAL_TO_CROSS_ENTROPY),
  row('table-3-batch-8', 'Table III: batch size 8', { batchSize: 8 }),
  row('table-3-batch-32', 'Table III: batch size 32', {}),
  row('table-3-batch-128', 'Table III: batch size 128', { batchSize: 128 }),
  row('table-4-epochs-1', 'Table IV: 1 epoch', { epochs: 1 }),
  row('table-4-epochs-3', 'Table IV: 3 epochs', {}),
  row('table-4-epochs-21', 'Table IV: 21 epochs', { epochs: 21 }),
  row('table-5-rate-0.001', 'Table V: learning rate 0.001', { learningRate: 0.001, epochs: 8 }, EIGHT_EPOCHS),
  row('table-5-rate-0.01', 'Table V: learning rate 0.01', { learningRate: 0.01, epochs: 8 }, EIGHT_EPOCHS),
  row('table-5-rate-0.1', 'Table V: learning rate 0.1', { epochs: 8 }, EIGHT_EPOCHS),
  row('table-6-max', 'Table VI: MaxPool2d', {}),
  row('table-6-average', 'Table VI: AvgPool2d', { model: { name: 'tiny-vgg', pooling: 'average' } }),
  row('notebook-v0', "The notebook's V0: linear", { model: { name: 'linear' } }),
  row(
    'notebook-v1',
    "The notebook's V1: the artificial neural network",
    { model: { name: 'mlp', hiddenUnits: [10], activateLogits: true } },
    'Its ReLU on the logits lets gradients die, which is why it is worse than the linear model.',
  ),
  row('notebook-v2', "The notebook's V2: TinyVGG", {}),
  {
    name: 'photo-ready',
    title: 'Real photos: photo-ready',
    note: 'Its test accuracy is lower than that of a run without augmentation; real photos it judges far better.',
    settings: photoReady,
  },
]

export function findPreset(name: string): Preset | undefined {
  return PRESETS.find((preset) => preset.name === name)
}

function row(name: string, title: string, change: Partial<Preset['settings']>, note = ''): Preset {
  return { name, title, note, settings: { ...paperDefault, ...change } }
}
