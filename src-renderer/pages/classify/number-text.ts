// Numbers as they are typed into a field: shares as per cent, a comma as good as a point, nothing outside the limits.

export interface NumberLimits {
  readonly least: number
  readonly most: number
  /** What an arrow key adds. */
  readonly step: number
  /** Shown times this: 100 for a share that is typed as per cent. */
  readonly scale: number
  readonly isWhole: boolean
}

/** Digits after the point that are told apart, as they are shown: limits that a run measured have many more. */
const DIGITS = 2

/** @returns the number as the data has it; NaN for what is no number within the limits */
export function readNumber(text: string, { least, most, scale, isWhole }: NumberLimits): number {
  const typed = text.trim().replace(',', '.')
  const shown = /^-?(\d+\.?\d*|\.\d+)$/.test(typed) ? Number(typed) : Number.NaN
  const value = round(shown / scale)
  const isWithin = value >= least && value <= most && (!isWhole || Number.isInteger(value))
  return isWithin ? value : Number.NaN
}

/** Empty for NaN. */
export function writeNumber(value: number, { scale }: NumberLimits): string {
  return Number.isNaN(value) ? '' : String(Number((value * scale).toFixed(DIGITS)))
}

export function stepNumber(
  value: number,
  direction: 1 | -1,
  { least, most, step }: Pick<NumberLimits, 'least' | 'most' | 'step'>,
): number {
  return Math.max(least, Math.min(most, round(value + direction * step)))
}

function round(value: number): number {
  return Number(value.toFixed(DIGITS + 2))
}
