// Numbers as people read them, always the same width for the same precision. A missing value is an en dash.
export const NOTHING = '–'

const counts = new Intl.NumberFormat('en-US')

/** 12840 -> '12,840' */
export function writeCount(value: number): string {
  return counts.format(value)
}

/** 0.8861 -> '88.61 %' */
export function writeShare(value: number, digits = 2): string {
  return `${(value * 100).toFixed(digits)} %`
}

/** Losses and such: four decimals, in powers of ten when very large or small. */
export function writeMeasure(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size !== 0 && (size < 0.0001 || size >= 100_000)) return value.toExponential(2)
  return value.toFixed(size >= 100 ? 2 : 4)
}

/** Marks of one axis without the zeros that all of them end on: '0.5000', '1.0000' -> '0.5', '1.0' */
export function shortenTogether(texts: readonly string[]): readonly string[] {
  const cut = texts.map((text) => text.replace(/\.?0(?=[^\d.]*$)/, ''))
  const canBeCut = texts.length > 0 && texts.every((text) => /\.\d*0[^\d.]*$/.test(text))
  return canBeCut ? shortenTogether(cut) : texts
}

/** 4120 -> '4.1 s', 83000 -> '1 min 23 s', 7500000 -> '2 h 05 min' */
export function writeDuration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 1) return `${Math.round(ms)} ms`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** What is left, only as exactly as it can be known: '41 s', '2 min', '1 h 20 min' */
export function writeRemaining(ms: number): string {
  if (ms < 59_500) return `${Math.max(1, Math.round(ms / 1000))} s`
  const minutes = Math.round(ms / 60_000)
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** 1234567 -> '1.2 MB' */
export function writeBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(unit === 0 || value >= 99.95 ? 0 : 1)} ${units[unit] ?? ''}`
}

const moments = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** An ISO time in the place's own clock: '22 Nov 2026, 14:05' */
export function writeMoment(iso: string): string {
  return moments.format(new Date(iso))
}
