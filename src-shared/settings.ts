// Every setting of an experiment by the name that a flag, a form field and a table column share, with what people
// need to know of it. The limits themselves are in experiment.ts.
import {
  ACTIVATION_NAMES,
  AUGMENTATION_NAMES,
  LOSS_NAMES,
  MODEL_NAMES,
  OPTIMIZER_NAMES,
  PADDING_NAMES,
  POOLING_NAMES,
  SCHEDULE_NAMES,
  type ModelName,
  type OptimizerName,
} from './experiment.ts'

export type SettingKind =
  | { readonly kind: 'number' | 'whole-number' | 'switch' | 'text' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** Whole numbers with commas between them. */
  | { readonly kind: 'whole-numbers' }

export interface Setting {
  /** The last name of its path. */
  readonly name: string
  /** Where it stands in an experiment. */
  readonly path: readonly [string] | readonly [string, string]
  readonly label: string
  readonly help: string
  readonly value: SettingKind
  /** Only these models have it; all when absent. */
  readonly models?: readonly ModelName[]
  /** Only these optimizers have it; all when absent. */
  readonly optimizers?: readonly OptimizerName[]
}

const number = { kind: 'number' } as const
const wholeNumber = { kind: 'whole-number' } as const
const choice = (choices: readonly string[]) => ({ kind: 'choice', choices }) as const

export const SETTINGS: readonly Setting[] = [
  {
    name: 'dataset',
    path: ['dataset'],
    label: 'Dataset',
    help: 'Id of an installed dataset, or sketches for the generated one.',
    value: { kind: 'text' },
  },
  {
    name: 'trainImages',
    path: ['trainImages'],
    label: 'Training images',
    help: 'Use only so many training images, the same share of every class. All when left out.',
    value: wholeNumber,
  },
  {
    name: 'validationImages',
    path: ['validationImages'],
    label: 'Validation images',
    help: 'Held out of the training images, the same share of every class, to judge settings by.',
    value: wholeNumber,
  },
  {
    name: 'splitSeed',
    path: ['splitSeed'],
    label: 'Split seed',
    help: 'Decides which images are held out; leave it alone to compare runs on the same ones.',
    value: wholeNumber,
  },
  {
    name: 'withoutExcluded',
    path: ['withoutExcluded'],
    label: 'Without excluded images',
    help: "Leave out the training images that are marked 'exclude'; validation and test images stay as they are.",
    value: { kind: 'switch' },
  },
  {
    name: 'correctedLabels',
    path: ['correctedLabels'],
    label: 'With corrected labels',
    help: "Train on the right label where one is marked as wrong; what is measured keeps the data's labels.",
    value: { kind: 'switch' },
  },
  {
    name: 'marks',
    path: ['marks'],
    label: 'Marks as of',
    help: 'present, or the set of marks that a run names: with it, a repetition leaves out the same images.',
    value: { kind: 'text' },
  },
  {
    name: 'testEachEpoch',
    path: ['testEachEpoch'],
    label: 'Test each epoch',
    help: 'Train on all images and measure the test images after every epoch, as the paper did.',
    value: { kind: 'switch' },
  },
  {
    name: 'model',
    path: ['model', 'name'],
    label: 'Model',
    help: 'linear, mlp (the artificial neural network) or tiny-vgg (the convolutional network).',
    value: choice(MODEL_NAMES),
  },
  {
    name: 'hiddenUnits',
    path: ['model', 'hiddenUnits'],
    label: 'Hidden units',
    help: 'Units of each hidden layer, such as 128,64.',
    value: { kind: 'whole-numbers' },
    models: ['linear', 'mlp'],
  },
  {
    name: 'activateLogits',
    path: ['model', 'activateLogits'],
    label: 'Activation on the logits',
    help: "Puts the activation after the last layer too, as the notebook's V1 does; it costs accuracy.",
    value: { kind: 'switch' },
    models: ['mlp'],
  },
  {
    name: 'channels',
    path: ['model', 'channels'],
    label: 'Channels',
    help: 'Filters of every convolution.',
    value: wholeNumber,
    models: ['tiny-vgg'],
  },
  {
    name: 'kernelSize',
    path: ['model', 'kernelSize'],
    label: 'Kernel size',
    help: 'Side of every filter, in pixels.',
    value: wholeNumber,
    models: ['tiny-vgg'],
  },
  {
    name: 'stride',
    path: ['model', 'stride'],
    label: 'Stride',
    help: 'Step of every filter, in pixels.',
    value: wholeNumber,
    models: ['tiny-vgg'],
  },
  {
    name: 'padding',
    path: ['model', 'padding'],
    label: 'Padding',
    help: 'same: zeros around the image keep its size; valid: none.',
    value: choice(PADDING_NAMES),
    models: ['tiny-vgg'],
  },
  {
    name: 'blocks',
    path: ['model', 'blocks'],
    label: 'Blocks',
    help: 'How many times two convolutions and a pooling follow each other.',
    value: wholeNumber,
    models: ['tiny-vgg'],
  },
  {
    name: 'pooling',
    path: ['model', 'pooling'],
    label: 'Pooling',
    help: 'What a window of 2 x 2 is reduced to: its largest value or its mean.',
    value: choice(POOLING_NAMES),
    models: ['tiny-vgg'],
  },
  {
    name: 'activation',
    path: ['model', 'activation'],
    label: 'Activation',
    help: 'The function after every hidden layer.',
    value: choice(ACTIVATION_NAMES),
    models: ['mlp', 'tiny-vgg'],
  },
  {
    name: 'dropout',
    path: ['model', 'dropout'],
    label: 'Dropout',
    help: 'Share of the values that are set to zero while training, 0 to 0.95.',
    value: number,
    models: ['mlp', 'tiny-vgg'],
  },
  {
    name: 'loss',
    path: ['loss'],
    label: 'Loss',
    help: 'nll is on log-softmax and equals cross-entropy; nll-on-logits has no lower bound and diverges.',
    value: choice(LOSS_NAMES),
  },
  {
    name: 'optimizer',
    path: ['optimizer', 'name'],
    label: 'Optimizer',
    help: 'How weights follow their gradients. Adam wants a learning rate of about 0.001, SGD of about 0.1.',
    value: choice(OPTIMIZER_NAMES),
  },
  {
    name: 'momentum',
    path: ['optimizer', 'momentum'],
    label: 'Momentum',
    help: 'Share of the last step that is taken again, 0 to 0.999.',
    value: number,
    optimizers: ['sgd'],
  },
  {
    name: 'beta1',
    path: ['optimizer', 'beta1'],
    label: 'Beta 1',
    help: "Decay of Adam's mean of gradients.",
    value: number,
    optimizers: ['adam'],
  },
  {
    name: 'beta2',
    path: ['optimizer', 'beta2'],
    label: 'Beta 2',
    help: "Decay of Adam's mean of squared gradients.",
    value: number,
    optimizers: ['adam'],
  },
  {
    name: 'epsilon',
    path: ['optimizer', 'epsilon'],
    label: 'Epsilon',
    help: "Added to Adam's denominator.",
    value: number,
    optimizers: ['adam'],
  },
  {
    name: 'learningRate',
    path: ['learningRate'],
    label: 'Learning rate',
    help: 'How far a step goes along the gradient. If the loss becomes NaN, lower this.',
    value: number,
  },
  {
    name: 'learningRateSchedule',
    path: ['learningRateSchedule'],
    label: 'Learning rate schedule',
    help: 'constant, or cosine: falling to nothing over all epochs, which steadies what is learned last.',
    value: choice(SCHEDULE_NAMES),
  },
  {
    name: 'batchSize',
    path: ['batchSize'],
    label: 'Batch size',
    help: 'Images for one step.',
    value: wholeNumber,
  },
  {
    name: 'epochs',
    path: ['epochs'],
    label: 'Epochs',
    help: 'Passes through the training images.',
    value: wholeNumber,
  },
  {
    name: 'augmentation',
    path: ['augmentation'],
    label: 'Augmentation',
    help: 'photo: images are turned, stretched, cut out badly and toned anew in every epoch, for judging real photos.',
    value: choice(AUGMENTATION_NAMES),
  },
  {
    name: 'seed',
    path: ['seed'],
    label: 'Seed',
    help: 'Initial weights, order of the images, dropout and augmentation all follow from it, as with torch.manual_seed.',
    value: wholeNumber,
  },
]

/** `learningRate` -> `learning-rate`: how the setting is written on a command line. */
export function flagOf(setting: Setting): string {
  return setting.name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()
}
