// What a line chart draws: named series of points, each told apart by colour, dash and marker.

import type { Band } from './bands.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Series {
  readonly name: string
  readonly points: readonly Point[]
  /** Which look, from 0; the same thing has the same look on every chart of a page. Thirty-six are told apart. */
  readonly look: number
  /** Drawn thin and pale, without a marker and not in the legend: the raw line behind a smoothed one. */
  readonly isRaw?: boolean
  /** Many points that are no measurements of their own: no markers. */
  readonly isDense?: boolean
  /** How far each point may be from the truth, drawn behind the line. */
  readonly band?: readonly Band[]
  /** Stands back, because another one is looked at. */
  readonly isFaint?: boolean
}

export const COLOUR_TOKENS = [
  '--series-1',
  '--series-2',
  '--series-3',
  '--series-4',
  '--series-5',
  '--series-6',
] as const
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [4, 2]]
const MARKERS = ['circle', 'rect', 'triangle', 'rectRot', 'crossRot', 'star'] as const

/** The first six differ in colour, dash and marker; those after them wear the same colours with other dashes. */
export function colourOf(look: number): (typeof COLOUR_TOKENS)[number] {
  return pick(COLOUR_TOKENS, look)
}

export function dashOf(look: number): readonly number[] {
  return pick(DASHES, look + Math.floor(look / COLOUR_TOKENS.length))
}

export function markerOf(look: number): (typeof MARKERS)[number] {
  return pick(MARKERS, look + Math.floor(look / COLOUR_TOKENS.length))
}

function pick<Look>(looks: readonly Look[], index: number): Look {
  const look = looks[index % looks.length]
  if (look === undefined) throw new RangeError('a list of looks is empty')
  return look
}

export interface Drawable {
  readonly series: readonly Series[]
  /** Points that the axis cannot show: not finite, or not above zero on a logarithmic axis. */
  readonly refused: number
}

/** Whole numbers around all points, so that ticks fall on epochs. */
export function rangeOf(series: readonly Series[]): { readonly min: number; readonly max: number } {
  let min = Infinity
  let max = -Infinity
  for (const { points } of series) {
    for (const { x } of points) {
      min = Math.min(min, x)
      max = Math.max(max, x)
    }
  }
  if (min > max) return { min: 0, max: 1 }
  return { min: Math.floor(min), max: Math.max(Math.floor(min) + 1, Math.ceil(max)) }
}

/** Leaves out what cannot be drawn, and counts it, so that the chart can say so. */
export function keepDrawable(series: readonly Series[], isLogarithmic: boolean): Drawable {
  let refused = 0
  const kept = series.map((one) => ({
    ...one,
    points: one.points.filter(({ x, y }) => {
      const isDrawable = Number.isFinite(x) && Number.isFinite(y) && (!isLogarithmic || y > 0)
      if (!isDrawable) refused++
      return isDrawable
    }),
  }))
  return { series: kept, refused }
}
