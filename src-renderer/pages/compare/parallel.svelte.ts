// How the parallel axes stand: which, in which order, turned over, logarithmic, and brushed to a range.
import type { ComparedRun } from '#shared/contract/comparisons.ts'
import { type Axis, type AxisScale, scaleOf } from './axes.ts'
import { TEST_ACCURACY } from './measures.ts'

export interface Brush {
  /** 0..1 from below, after turning over. */
  readonly low: number
  readonly high: number
}

/** So many figures stand there unless someone chooses. */
const PROPOSED_MEASURES = [TEST_ACCURACY.key, 'trainLoss', 'elapsedMs']
const MOST_PROPOSED_SETTINGS = 6
const EVERYTHING: Brush = { low: 0, high: 1 }

export class ParallelAxes {
  #chosen: readonly string[] | null = $state.raw(null)
  #flipped: ReadonlySet<string> = $state.raw(new Set())
  /** Learning rates are spaced by powers of ten from the beginning. */
  #logarithmic: ReadonlySet<string> = $state.raw(new Set(['learningRate']))
  #brushes: ReadonlyMap<string, Brush> = $state.raw(new Map())

  order(all: readonly Axis[]): readonly Axis[] {
    const keys = this.#chosen ?? this.#propose(all)
    return keys.flatMap((key) => all.find((axis) => axis.key === key) ?? [])
  }

  isFlipped(key: string): boolean {
    return this.#flipped.has(key)
  }

  isLogarithmic(key: string): boolean {
    return this.#logarithmic.has(key)
  }

  brushOf(key: string): Brush {
    return this.#brushes.get(key) ?? EVERYTHING
  }

  isBrushed(key: string): boolean {
    return this.#brushes.has(key)
  }

  get hasBrush(): boolean {
    return this.#brushes.size > 0
  }

  scale(axis: Axis, runs: readonly ComparedRun[]): AxisScale {
    const { key } = axis
    return scaleOf(axis, runs, { isLogarithmic: this.isLogarithmic(key), isFlipped: this.isFlipped(key) })
  }

  /** Turned over, a brush stays on the values that it was on. */
  flip(key: string): void {
    this.#flipped = toggled(this.#flipped, key)
    const brush = this.#brushes.get(key)
    if (brush !== undefined) this.brush(key, { low: 1 - brush.high, high: 1 - brush.low })
  }

  toggleLogarithm(key: string): void {
    this.#logarithmic = toggled(this.#logarithmic, key)
    this.brush(key, EVERYTHING)
  }

  /** The whole axis means no brush. */
  brush(key: string, { low, high }: Brush): void {
    const brushes = new Map(this.#brushes)
    if (low <= 0 && high >= 1) brushes.delete(key)
    else brushes.set(key, { low: Math.max(0, low), high: Math.min(1, high) })
    this.#brushes = brushes
  }

  clearBrushes(): void {
    this.#brushes = new Map()
  }

  add(all: readonly Axis[], key: string): void {
    this.#chosen = [...this.order(all).map((axis) => axis.key), key]
  }

  remove(all: readonly Axis[], key: string): void {
    this.#chosen = this.order(all).flatMap((axis) => (axis.key === key ? [] : [axis.key]))
    this.brush(key, EVERYTHING)
  }

  move(all: readonly Axis[], key: string, place: number): void {
    const rest = this.order(all).flatMap((axis) => (axis.key === key ? [] : [axis.key]))
    this.#chosen = rest.toSpliced(Math.max(0, Math.min(rest.length, place)), 0, key)
  }

  /** Runs inside every brush; null where there is no brush. A run without a value is outside. */
  picked(all: readonly Axis[], runs: readonly ComparedRun[]): ReadonlySet<string> | null {
    if (!this.hasBrush) return null
    const tests = this.order(all)
      .filter(({ key }) => this.isBrushed(key))
      .map((axis) => ({ axis, scale: this.scale(axis, runs), brush: this.brushOf(axis.key) }))
    const inside = runs.filter((run) =>
      tests.every(({ axis, scale, brush }) => {
        const at = scale.place(axis.valueOf(run))
        return at !== null && at >= brush.low - 1e-9 && at <= brush.high + 1e-9
      }),
    )
    return new Set(inside.map(({ id }) => id))
  }

  #propose(all: readonly Axis[]): readonly string[] {
    const settings = all.filter(({ isMeasure }) => !isMeasure).slice(0, MOST_PROPOSED_SETTINGS)
    const measures = PROPOSED_MEASURES.filter((key) => all.some((axis) => axis.key === key))
    return [...settings.map(({ key }) => key), ...measures]
  }
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}
