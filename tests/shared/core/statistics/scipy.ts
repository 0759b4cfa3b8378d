// SciPy's values for the same questions; tests/fixtures/scipy-statistics.py wrote them.
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

interface MeanCase {
  readonly first: number[]
  readonly second: number[]
  readonly p: number
  readonly low: number
  readonly high: number
}

interface ScipyValues {
  readonly logGamma: [x: number, value: number][]
  readonly incompleteBeta: [x: number, a: number, b: number, value: number][]
  readonly studentQuantile: [tail: number, degrees: number, value: number][]
  readonly studentTail: [t: number, degrees: number, value: number][]
  readonly mcNemar: { firstOnly: number; secondOnly: number; p: number; midP: number }[]
  readonly paired: MeanCase[]
  readonly welch: (MeanCase & { degrees: number })[]
  /** Four classes, row after row. */
  readonly temperature: {
    logits: number[]
    labels: number[]
    temperature: number
    before: number
    after: number
  }
  readonly f1: { hits: number; either: number; low: number; high: number }[]
  readonly calibration: { confidences: number[]; right: boolean[]; expected: number }
}

const file = new URL('../../../fixtures/scipy-statistics.json', import.meta.url)
export const SCIPY = JSON.parse(readFileSync(file, 'utf8')) as ScipyValues

/** Equal to so many digits, however small the values are. */
export function expectClose(actual: number, expected: number, relative = 1e-11): void {
  const scale = Math.max(Math.abs(expected), Number.MIN_VALUE)
  expect(Math.abs(actual - expected) / scale, `${actual} for ${expected}`).toBeLessThanOrEqual(relative)
}
