// Settings and figures of runs as axes: where each value lies between 0 (below, left) and 1. Shared by the parallel
// axes and the points.
import { readSetting } from '#shared/command-line.ts'
import { settingsThatDiffer } from '#shared/compare/settings-that-differ.ts'
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import type { Setting } from '#shared/settings.ts'
import type { EpochChoice } from '../../state/comparison-view.ts'
import { shortenTogether } from '../../parts/numbers.ts'
import { mostTellingFirst } from '../runs/setting-order.ts'
import { writeSettingValue } from '../runs/setting-value.ts'
import { MEASURES } from './measures.ts'

export type AxisValue = number | string | null

export interface Axis {
  readonly key: string
  readonly label: string
  readonly kind: 'number' | 'category'
  readonly isMeasure: boolean
  readonly valueOf: (run: ComparedRun) => AxisValue
  readonly write: (value: AxisValue) => string
}

/** Settings that differ, the most telling first, then figures that at least one run has. */
export function axesOf(runs: readonly ComparedRun[], choice: EpochChoice): readonly Axis[] {
  const settings = mostTellingFirst(settingsThatDiffer(runs.map(({ experiment }) => experiment))).map(
    settingAxis,
  )
  const measures = MEASURES.map((measure): Axis => ({
    ...{ key: measure.key, label: measure.label, kind: 'number', isMeasure: true },
    valueOf: (run) => measure.value(run, choice),
    write: (value) => (typeof value === 'number' ? measure.write(value) : ''),
  }))
  return [...settings, ...measures].filter((axis) => runs.some((run) => axis.valueOf(run) !== null))
}

function settingAxis(setting: Setting): Axis {
  const { name: key, label, value } = setting
  const isNumber = value.kind === 'number' || (value.kind === 'whole-number' && key !== 'trainImages')
  return {
    ...{ key, label, isMeasure: false, kind: isNumber ? 'number' : 'category' },
    valueOf: ({ experiment }) => {
      const found = readSetting(experiment, setting)
      if (found === undefined) return null
      return isNumber && typeof found === 'number' ? found : writeSettingValue(setting, found)
    },
    write: (found) => (found === null ? '' : String(found)),
  }
}

export interface Tick {
  readonly at: number
  readonly label: string
}

export interface AxisScale {
  /** 0..1; null for a value that the axis cannot show. */
  readonly place: (value: AxisValue) => number | null
  readonly ticks: readonly Tick[]
  /** Whether a logarithmic scale can show all values. */
  readonly canBeLogarithmic: boolean
}

const collator = new Intl.Collator('en', { numeric: true })

export function scaleOf(
  axis: Axis,
  runs: readonly ComparedRun[],
  { isLogarithmic = false, isFlipped = false } = {},
): AxisScale {
  const values = runs.map(axis.valueOf).filter((value) => value !== null)
  const turn = (at: number): number => (isFlipped ? 1 - at : at)
  if (axis.kind === 'category') {
    const names = [...new Set(values.map(String))].sort((one, other) => collator.compare(one, other))
    const at = (name: string): number =>
      turn(names.length === 1 ? 0.5 : names.indexOf(name) / (names.length - 1))
    return {
      place: (value) => (value === null ? null : at(String(value))),
      ticks: names.map((label) => ({ at: at(label), label })),
      canBeLogarithmic: false,
    }
  }
  return numberScale(
    axis,
    values.filter((value) => typeof value === 'number'),
    isLogarithmic,
    turn,
  )
}

function numberScale(
  axis: Axis,
  values: readonly number[],
  wantsLogarithm: boolean,
  turn: (at: number) => number,
): AxisScale {
  const canBeLogarithmic = values.length > 0 && values.every((value) => value > 0)
  const isLogarithmic = wantsLogarithm && canBeLogarithmic
  const bend = isLogarithmic ? Math.log10 : (value: number): number => value
  const low = bend(Math.min(...values))
  const high = bend(Math.max(...values))
  const at = (value: number): number => turn(high === low ? 0.5 : (bend(value) - low) / (high - low))
  const distinct = [...new Set(values)].sort((one, other) => one - other)
  // A few settings that someone chose are the ticks themselves; what was measured gets round numbers.
  const ticked =
    !axis.isMeasure && distinct.length <= 8
      ? distinct
      : isLogarithmic
        ? roundPowers(10 ** low, 10 ** high)
        : roundValues(low, high)
  const texts = shortenTogether(ticked.map((value) => axis.write(value)))
  return {
    place: (value) => (typeof value === 'number' && Number.isFinite(value) ? at(value) : null),
    ticks: ticked.map((value, index) => ({ at: at(value), label: texts[index] ?? '' })),
    canBeLogarithmic,
  }
}

/** Multiples of 1, 2 or 5 times a power of ten, four or more where there is a range. */
function roundValues(low: number, high: number): readonly number[] {
  if (high === low) return [low]
  const rough = (high - low) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([5, 2, 1].find((factor) => factor * power <= rough) ?? 1)
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: count }, (_, index) => (first + index) * step)
}

/** 1, 2 and 5 times powers of ten; the ends where there are none between. */
function roundPowers(low: number, high: number): readonly number[] {
  const from = Math.floor(Math.log10(low))
  const to = Math.ceil(Math.log10(high))
  const all = Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index))
  const inside = all
    .flatMap((power) => [power, 2 * power, 5 * power])
    .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
  return inside.length < 2 ? [low, high] : inside
}

/** Drops ticks that would stand closer than `gap` (0..1) to the one before. */
export function spaceTicks(ticks: readonly Tick[], gap: number): readonly Tick[] {
  const kept: Tick[] = []
  for (const tick of ticks.toSorted((one, other) => one.at - other.at)) {
    const last = kept.at(-1)
    if (last === undefined || tick.at - last.at >= gap) kept.push(tick)
  }
  return kept
}
