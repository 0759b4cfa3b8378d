// The limits of verdicts as fields: what each means, and how it is typed.
import type { JudgeThresholds } from '#shared/verdict.ts'
import type { NumberLimits } from './number-text.ts'

export interface ThresholdField {
  readonly name: keyof JudgeThresholds
  readonly label: string
  readonly unit: string
  readonly help: string
  readonly limits: NumberLimits
}

/** In the order of the verdicts that they decide. */
export const THRESHOLD_FIELDS: readonly ThresholdField[] = [
  {
    name: 'contrast',
    label: 'White on white below',
    unit: 'delta E',
    help: 'On a light background, a garment that differs less from it than this is called white on white. About 2.3 is a difference that one just sees; 0 never says so. 0 to 100.',
    limits: { least: 0, most: 100, step: 0.5, scale: 1, isWhole: false },
  },
  {
    name: 'strangeness',
    label: 'Probably no garment above',
    unit: '%',
    help: 'A photo that looks stranger to the network than this share of the images that the run is judged by (held out from training where it held some out) is called probably not one of these garments; 100 % never says so.',
    limits: { least: 0, most: 1, step: 0.005, scale: 100, isWhole: false },
  },
  {
    name: 'probability',
    label: 'Unsure below',
    unit: '%',
    help: 'An answer whose calibrated probability is smaller than this is called unsure; 0 % never says so.',
    limits: { least: 0, most: 1, step: 0.01, scale: 100, isWhole: false },
  },
]
