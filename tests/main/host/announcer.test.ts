import { describe, expect, it } from 'vitest'
import { Announcer } from '#main/host/announcer.ts'
import type { AppEvent } from '#shared/contract.ts'
import { sampleEpoch } from '../store/sample-runs.ts'
import { sampleProgress } from './fake-trainers.ts'

const progress = (batch: number, epoch = 1, runId = 'a'): AppEvent => ({
  type: 'training-progressed',
  runId,
  progress: sampleProgress(epoch, batch),
})
const epoch = (number: number): AppEvent => ({
  type: 'epoch-completed',
  runId: 'a',
  metrics: sampleEpoch(number),
})
const queue = (held: boolean): AppEvent => ({
  type: 'queue-changed',
  queue: { current: null, waiting: [], held },
})

function listen(announcer: Announcer) {
  const controller = new AbortController()
  return { events: announcer.read(controller.signal), controller }
}

async function take(events: AsyncGenerator<AppEvent, void, void>, count: number): Promise<AppEvent[]> {
  const taken: AppEvent[] = []
  while (taken.length < count) {
    const { value, done } = await events.next()
    if (done === true) break
    taken.push(value)
  }
  return taken
}

describe('a reader', () => {
  it('gets everything from the call on, in its order, also what came before it asked', async () => {
    const announcer = new Announcer()
    announcer.announce(epoch(1))
    const { events } = listen(announcer)
    announcer.announce(epoch(2))
    const next = take(events, 2)
    announcer.announce(epoch(3))
    expect(await next).toEqual([epoch(2), epoch(3)])
  })

  it('that is slow gets the newest progress with the losses of all, and every epoch', async () => {
    const announcer = new Announcer()
    const { events } = listen(announcer)
    for (const event of [
      progress(1),
      progress(2),
      epoch(1),
      progress(1, 2),
      queue(true),
      progress(2, 2),
      queue(false),
    ])
      announcer.announce(event)
    const [first, merged, last] = await take(events, 3)
    expect([first, last]).toEqual([epoch(1), queue(false)])
    expect(merged).toMatchObject({ progress: { epoch: 2, batch: 2 } })
    const losses = merged?.type === 'training-progressed' ? merged.progress.batchLosses : []
    expect(losses.map((loss) => [loss.epoch, loss.batch])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ])
  })

  it('that is slow keeps the progress of each run apart, and a bounded number of losses', async () => {
    const announcer = new Announcer()
    const { events } = listen(announcer)
    for (let batch = 1; batch <= 5000; batch++) announcer.announce(progress(batch))
    announcer.announce(progress(7, 1, 'b'))
    const [ofA, ofB] = await take(events, 2)
    expect([ofA, ofB]).toMatchObject([{ runId: 'a', progress: { batch: 5000 } }, { runId: 'b' }])
    const losses = ofA?.type === 'training-progressed' ? ofA.progress.batchLosses : []
    expect(losses.length).toBeGreaterThan(150)
    expect(losses.length).toBeLessThanOrEqual(400)
    expect(losses.at(-1)?.batch).toBe(5000)
  })

  it('that is hopelessly behind is sent away, and the others are not', async () => {
    const announcer = new Announcer(100)
    const slow = listen(announcer).events
    const quick = listen(announcer).events
    for (let number = 1; number <= 101; number++) {
      announcer.announce(epoch(number))
      await quick.next()
    }
    await expect(slow.next()).rejects.toMatchObject({ code: 'unavailable' })
    expect(announcer.readerCount).toBe(1)
  })

  it('that stops is forgotten, whether it waits, was never read, or has left', async () => {
    const announcer = new Announcer()
    const waiting = listen(announcer)
    const next = waiting.events.next()
    waiting.controller.abort()
    expect(await next).toEqual({ value: undefined, done: true })
    listen(announcer).controller.abort()
    const left = listen(announcer).events
    announcer.announce(epoch(1))
    await left.next()
    await left.return()
    expect(announcer.readerCount).toBe(0)
  })

  it('ends when the application does', async () => {
    const announcer = new Announcer()
    const next = listen(announcer).events.next()
    announcer.close()
    expect(await next).toEqual({ value: undefined, done: true })
  })
})
