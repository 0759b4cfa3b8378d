// What the fake host measures of its runs: nothing until it is asked, then figures that were made up.
import { implement } from '@orpc/server'
import { type AppEvent, contract } from '#shared/contract.ts'
import type { ConfidenceReport, EvaluationState, MeasuredSplit } from '#shared/evaluation.ts'

const BINS = 15

/** Bins that are surer than right by so much. */
function makeReliability(surplus: number): MeasuredSplit['given'] {
  const bins = Array.from({ length: BINS }, (_, index) => {
    const [low, high] = [index / BINS, (index + 1) / BINS]
    const confidence = (low + high) / 2
    const count = index < 3 ? 0 : 4 + index * index
    return count === 0
      ? { low, high, count, confidence: 0, accuracy: 0 }
      : { low, high, count, confidence, accuracy: Math.max(0, confidence - surplus) }
  })
  return { bins, expected: surplus, surprise: 0.3 + surplus }
}

export function makeReport(): ConfidenceReport {
  const split = { count: 1000, correct: 880, given: makeReliability(0.07), scaled: makeReliability(0.01) }
  const confusionMatrix = Array.from({ length: 10 }, (_, truth) =>
    Array.from({ length: 10 }, (__, answer) =>
      truth === answer ? 88 : (truth + 1) % 10 === answer ? 12 : 0,
    ),
  )
  return {
    measuredAt: '2026-11-20T10:00:00.000Z',
    engine: 'simd',
    temperature: 1.437,
    isAtLimit: false,
    validation: { ...split, confusionMatrix },
    test: split,
  }
}

export class FakeEvaluations {
  state: EvaluationState = { work: null, failure: null, report: null, obstacle: null }

  handlers(announce: (event: AppEvent) => void) {
    const { evaluation } = implement(contract)
    return {
      read: evaluation.read.handler(() => this.state),
      measure: evaluation.measure.handler(({ input: { runId } }) => {
        this.state = { ...this.state, work: { progress: null }, failure: null }
        announce({ type: 'evaluation-changed', runId })
        return this.state
      }),
      cancel: evaluation.cancel.handler(({ input: { runId } }) => {
        this.state = { ...this.state, work: null }
        announce({ type: 'evaluation-changed', runId })
        return {}
      }),
    }
  }
}
