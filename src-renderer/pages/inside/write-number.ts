// Numbers of a network, with a true minus; in little room with two decimals.
import { writeMeasure } from '../../parts/numbers.ts'

/** As exactly as there is reason to: 0.43125 -> '0.4313', -1.5 -> '−1.5000' */
export function writeExact(value: number): string {
  return writeMeasure(value).replace('-', '−')
}

/** 0.4312 -> '0.43', -1.5 -> '−1.50', 128.4 -> '128' */
export function writeShort(value: number, digits = 2): string {
  return writeSigned(value, digits).replace('+', '')
}

/** 0.4312 -> '+0.43', -1.5 -> '−1.50' */
export function writeSigned(value: number, digits = 2): string {
  if (Number.isNaN(value)) return 'NaN'
  const size = Math.abs(value)
  const text = size >= 100 ? size.toFixed(Math.max(0, digits - 2)) : size.toFixed(digits)
  return `${value < 0 && Number(text) !== 0 ? '−' : '+'}${text}`
}
