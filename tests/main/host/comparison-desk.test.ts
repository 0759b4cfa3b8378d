import { describe, expect, it } from 'vitest'
import type { AppEvent } from '#shared/contract.ts'
import { FINISHED_AT, sampleEvaluation, sampleRun, trainSample } from '../store/sample-runs.ts'
import { FakeTrainers } from './fake-trainers.ts'
import { openTestHost } from './open-test-host.ts'

async function open() {
  const host = await openTestHost(new FakeTrainers().spawn)
  const { store } = host.backend
  const complete = async (seed: number): Promise<string> => {
    const { id } = await trainSample(store, 3, sampleRun({ epochs: 3, seed, model: { name: 'linear' } }))
    const predictions = { labels: new Uint8Array(4), probabilities: new Float32Array(4) }
    await store.recordCompletion(id, sampleEvaluation(4), predictions, FINISHED_AT)
    return id
  }
  return { host, complete }
}

describe('the comparison desk', () => {
  it('reads runs with their cost, and names those that are missing', async () => {
    const { host, complete } = await open()
    const id = await complete(1)
    const { runs, missing } = await host.comparisons.read([id, 'none'])
    expect(runs[0]).toMatchObject({ id, epochCount: 3, multiplyAdds: 784 * 10 + 10 * 2 })
    expect(missing.map((one) => one.id)).toEqual(['none'])
  })

  it('does not pair answers with data that the run did not see', async () => {
    const { host, complete } = await open()
    const ids = [await complete(1), await complete(2)]
    const { models } = await host.comparisons.judge(ids, ids[0] ?? '')
    expect(models[0]?.verdict).toEqual({ state: 'refused', reason: 'no-answers' })
  })

  it('stores a comparison before it announces it', async () => {
    const { host } = await open()
    const events: AppEvent[] = []
    const listening = host.announcer.read(new AbortController().signal)
    const heard = (async () => {
      for await (const event of listening) {
        events.push(event)
        if (events.length === 3) return
      }
    })()
    const draft = { name: 'Kept', notes: '', runIds: ['0123abcd'], baseline: null, view: {} }
    const saved = await host.comparisons.save(draft)
    expect(await host.comparisons.list()).toEqual([saved])
    await host.comparisons.delete(saved.id)
    await host.comparisons.restore(saved.id)
    await heard
    const counts = events.map((event) =>
      event.type === 'comparisons-changed' ? event.comparisons.length : -1,
    )
    expect(counts).toEqual([1, 0, 1])
  })
})
