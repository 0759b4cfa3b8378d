// What is said of the settings of preparation: their choices, their limits, and what each does to the picture.
import { DEFAULT_PREPARATION, type PreparationSettings } from '#shared/preparation.ts'
import type { NumberLimits } from './number-text.ts'

type Choice<Value extends string> = { readonly value: Value; readonly label: string; readonly help: string }

export const CUT_OUT_CHOICES: readonly Choice<PreparationSettings['cutOut']>[] = [
  {
    value: 'automatic',
    label: 'Automatic',
    help: 'The garment is separated from whatever lies behind it: a floor, a cloth, a wall. On a plain background the colour of the corners decides.',
  },
  {
    value: 'corners',
    label: 'By corners',
    help: 'What is close to the colour of the corners is background, as the dataset was made. Right for plain backgrounds only.',
  },
  {
    value: 'none',
    label: 'None',
    help: 'The whole photo is taken for the garment. For pictures that are cut out already.',
  },
]

export const INVERT_CHOICES: readonly Choice<PreparationSettings['invert']>[] = [
  {
    value: 'automatic',
    label: 'Automatic',
    help: 'Dark becomes light where the garment is darker than what lies behind it: networks know light garments on black.',
  },
  { value: 'always', label: 'Always', help: 'Dark becomes light in every photo.' },
  { value: 'never', label: 'Never', help: 'Tones stay as they are in the photo.' },
]

interface NumberWords {
  readonly label: string
  readonly unit: string
  readonly help: string
  readonly limits: NumberLimits
}

export const NUMBER_WORDS = {
  trimTolerance: {
    label: 'Trim tolerance',
    unit: '%',
    help: 'How far from the colour of the corners a pixel must be to be garment, 0 to 50 % of the possible distance. More drops shadows; less keeps pale garments.',
    limits: { least: 0, most: 0.5, step: 0.01, scale: 100, isWhole: false },
  },
  padding: {
    label: 'Padding',
    unit: 'pixels',
    help: 'Left empty at both ends of the longest edge of the 28 pixels, 0 to 8. More makes the garment smaller.',
    limits: { least: 0, most: 8, step: 1, scale: 1, isWhole: true },
  },
  sharpen: {
    label: 'Sharpening',
    unit: 'strength',
    help: 'Brings out edges after the last shrinking, 0 to 2; 0 leaves it out.',
    limits: { least: 0, most: 2, step: 0.1, scale: 1, isWhole: false },
  },
} as const satisfies Partial<Record<keyof PreparationSettings, NumberWords>>

export type NumberSetting = keyof typeof NUMBER_WORDS
export const NUMBER_SETTINGS = Object.keys(NUMBER_WORDS) as NumberSetting[]

/** The tolerance is of the colour of the corners; without a cut-out nothing is compared with it. */
export function takesPart(name: NumberSetting, { cutOut }: PreparationSettings): boolean {
  return name !== 'trimTolerance' || cutOut !== 'none'
}

export function isSameSettings(one: PreparationSettings, other: PreparationSettings): boolean {
  const names = Object.keys(DEFAULT_PREPARATION) as (keyof PreparationSettings)[]
  return names.every((name) => one[name] === other[name])
}
