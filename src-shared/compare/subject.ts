// What verdicts are reached about, and when a difference counts as shown.
import { SIGNIFICANCE } from '../core/statistics/mcnemar.ts'
import type { EngineName } from '../engine.ts'
import type { Experiment } from '../experiment.ts'
import type { Outcome } from './verdict.ts'

/** A run with what came of it. */
export interface Subject {
  readonly runId: string
  readonly experiment: Experiment
  readonly datasetHash: string
  /** Null before it started. */
  readonly engine: EngineName | null
  /** Of its evaluation on the test split; null without one. */
  readonly test: { readonly correct: number; readonly count: number } | null
  /** As `markRight` gives it; null where its answers or the true classes are not there. */
  readonly right: Uint8Array | null
}

/** @param p corrected, where there are several verdicts */
export function outcomeOf(p: number, difference: number): Outcome {
  if (p > SIGNIFICANCE || difference === 0) return 'none'
  return difference > 0 ? 'better' : 'worse'
}
