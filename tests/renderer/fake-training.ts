// A run that seems to train, for looking at the live view: progress a few times a second, an epoch every few seconds.
import { parseExperiment } from '#shared/experiment.ts'
import { Random } from '#shared/core/random.ts'
import type { BatchLoss } from '#shared/run-events.ts'
import type { FakeHost } from './fake-host.ts'
import { makeEpoch, makeRun } from './fake-runs.ts'

const BATCHES = 430
const STEP = 12

/** Returns how to end it. */
export function trainForever(host: FakeHost, everyMs = 250): () => void {
  const random = new Random(7)
  const next = (): number => random.nextUint32() / 2 ** 32
  const experiment = parseExperiment({
    dataset: 'fashion-mnist',
    validationImages: 5000,
    batchSize: 128,
    epochs: 21,
  })
  const made = makeRun(host.runs.size, next)
  const run = {
    ...made,
    name: 'live: tiny-vgg · lr 0.1',
    experiment,
    status: 'running' as const,
    reason: null,
    epochs: [],
    evaluation: null,
    finishedAt: null,
  }
  host.announce({ type: 'run-changed', run })
  host.announce({ type: 'queue-changed', queue: { current: run.id, waiting: [], held: false } })
  let epoch = 1
  let batch = 0
  const curve: BatchLoss[] = []
  host.curves.set(run.id, curve)
  const timer = setInterval(() => {
    if (host.find(run.id).status !== 'running') return
    batch = Math.min(BATCHES, batch + STEP)
    const steps = (epoch - 1) * BATCHES + batch
    const loss = 0.32 + 1.9 * Math.exp(-steps / 300)
    const batchLosses = [0, 4, 8]
      .map((at) => ({ epoch, batch: Math.max(1, batch - at), loss: loss * (0.8 + 0.4 * next()) }))
      .reverse()
    curve.push(...batchLosses)
    const left = experiment.epochs * BATCHES - steps
    const progress = {
      epoch,
      batch,
      batches: BATCHES,
      loss,
      accuracy: 0.9 - 0.5 * Math.exp(-steps / 400),
      imagesPerSecond: 9000 + 300 * next(),
      remainingMs: left * 14,
      batchLosses,
      memoryBytes: 412_000_000 + Math.round(2e6 * next()),
    }
    host.progress.set(run.id, progress)
    host.announce({ type: 'training-progressed', runId: run.id, progress })
    if (batch < BATCHES) return
    host.announce({
      type: 'epoch-completed',
      runId: run.id,
      metrics: makeEpoch(epoch, 0.89, experiment, next),
    })
    batch = 0
    epoch++
    if (epoch > experiment.epochs) {
      clearInterval(timer)
      host.change(run.id, { status: 'completed', finishedAt: new Date().toISOString() })
      host.announce({ type: 'queue-changed', queue: { current: null, waiting: [], held: false } })
    }
  }, everyMs)
  return () => clearInterval(timer)
}
