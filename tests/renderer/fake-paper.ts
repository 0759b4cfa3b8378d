// The paper's plan for the fake host: whatever state a test gives it, and a count of what was asked.
import { Failure } from '#shared/failure.ts'
import type { PaperEvidence } from '#shared/paper/evidence.ts'
import type { PaperRequest, PaperState } from '#shared/paper/paper-state.ts'
import { experimentOf } from '#shared/paper/plan.ts'
import { PAPER_TABLES, rowsOf } from '#shared/paper/tables.ts'
import type { PaperTraining } from '#shared/paper/trainings.ts'
import type { EpochMetrics } from '#shared/run.ts'

const FULL = { dataset: 'fashion-mnist', trainImages: null } as const

export class FakePaper {
  /** Null: the dataset is not there. */
  state: PaperState | null = paperState()
  readonly asked: PaperRequest[] = []

  read(request: PaperRequest): PaperState {
    this.asked.push(request)
    if (this.state !== null) return this.state
    throw new Failure('not-found', 'Fashion-MNIST is not on this machine.')
  }

  /** What is missing waits now. */
  queue(): { runIds: string[] } {
    const missing = this.state?.missing ?? []
    const waiting = missing.map((one, index) => ({
      ...one,
      state: 'waiting' as const,
      runId: `queued-${index}`,
    }))
    if (this.state !== null) this.state = { ...this.state, missing: waiting }
    return { runIds: waiting.map(({ runId }) => runId) }
  }
}

export function paperState(change: Partial<PaperState> = {}): PaperState {
  return {
    dataset: {
      id: 'fashion-mnist',
      name: 'Fashion-MNIST',
      hash: '37de'.repeat(16),
      trainCount: 60_000,
      testCount: 10_000,
    },
    ...{ reservation: null, evidence: [], timings: [], missing: [] },
    ...change,
  }
}

/** Of a row with these test accuracies, one for each seed from 42 on; the training figures are a little lower. */
export function paperEvidence(rowId: string, accuracies: readonly number[], loss = 0.33): PaperEvidence[] {
  return accuracies.map((accuracy, index) => ({
    ...{ rowId, seed: 42 + index, runId: `run${rowId.toLowerCase().replace(/\W/g, '')}${index}` },
    ...{ runStatus: 'completed', engine: 'simd', metrics: metricsOf(accuracy, loss) },
  }))
}

export function paperTraining(rowIds: readonly string[], change: Partial<PaperTraining> = {}): PaperTraining {
  const row = rowsOf(PAPER_TABLES).find(({ id }) => id === rowIds[0])
  if (row === undefined) throw new Error(`there is no row ${String(rowIds[0])}`)
  const experiment = experimentOf(row, FULL, 42)
  return { experiment, rows: [...rowIds], state: 'missing', runId: null, finishedEpochs: 0, ...change }
}

function metricsOf(accuracy: number, loss: number): EpochMetrics {
  const split = (share: number) => ({
    ...{ loss, accuracy: share, exactLoss: loss, correct: Math.round(share * 10_000), count: 10_000 },
  })
  return {
    ...{ epoch: 3, train: split(accuracy - 0.001), validation: null, test: split(accuracy) },
    ...{ elapsedMs: 9700, imagesPerSecond: 17_000 },
  }
}
