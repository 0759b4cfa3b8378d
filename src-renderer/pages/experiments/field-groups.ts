// The form of an experiment: which settings stand together, and what the form says of them beyond settings.ts, which is
// written for flags as well.
import type { Setting } from '#shared/settings.ts'
import { describeLimits } from '#shared/setting-limits.ts'
import { capitalize } from '../../parts/capitalize.ts'
import { listChoices } from '../../parts/setting-labels.ts'

export interface FieldGroup {
  readonly title: string
  readonly names: readonly string[]
}

export const GROUPS: readonly FieldGroup[] = [
  {
    title: 'Data',
    names: [
      'trainImages',
      'validationImages',
      'splitSeed',
      'testEachEpoch',
      'withoutExcluded',
      'correctedLabels',
      'marks',
    ],
  },
  {
    title: 'Model',
    names: [
      'model',
      'pooling',
      'padding',
      'activation',
      'activateLogits',
      'hiddenUnits',
      'channels',
      'kernelSize',
      'stride',
      'blocks',
      'dropout',
    ],
  },
  {
    title: 'Training',
    names: [
      'optimizer',
      'momentum',
      'loss',
      'learningRateSchedule',
      'augmentation',
      'learningRate',
      'batchSize',
      'epochs',
      'seed',
      'beta1',
      'beta2',
      'epsilon',
    ],
  },
]

/** Fields that hold long lists. */
export const WIDE: readonly string[] = ['learningRate', 'hiddenUnits']

/** Shown in the first row of its group: choices, and the one number that belongs to a choice. */
export function isAmongChoices(setting: Setting): boolean {
  return listChoices(setting) !== null || setting.name === 'momentum'
}

/** Short, because the field is narrow. */
export const UNITS: Readonly<Record<string, string>> = { kernelSize: 'px', stride: 'px' }

export const SWEEP_HELP =
  'Several values make a run for each: write 0.001, 0.01, 0.1 or 1..5 or 10, 20, ..., 50 into a field, or press + beside a choice.'

/** What the setting does, and its limits. */
export function explainSetting(setting: Setting): string {
  const limits = describeLimits(setting)
  const help = HELP[setting.name] ?? setting.help
  return limits === ''
    ? help
    : `${help} ${setting.name === 'hiddenUnits' ? `Each is ${limits}.` : `${capitalize(limits)}.`}`
}

const HELP: Readonly<Record<string, string>> = {
  trainImages: 'Train on only so many images, the same share of every class.',
  testEachEpoch:
    'After every epoch, as the paper did, the test images are watched while training: settings chosen by them look better than they are. Otherwise they are measured once, at the end.',
  model: 'Linear is two linear layers, ANN the artificial neural network, TinyVGG the convolutional one.',
  hiddenUnits:
    'Units of the hidden layers from first to last, joined by hyphens: 128-64 is one network of two layers.',
  loss: 'NLL is on log-softmax and equals cross-entropy. NLL on logits has no lower bound and diverges.',
}
