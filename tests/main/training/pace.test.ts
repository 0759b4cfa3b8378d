import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Pace } from '#shared/core/training/pace.ts'
import { startPace } from '#main/training/pace.ts'
import { refusal } from '../files/refusal.ts'

const CANCELLED = refusal('cancelled', 'The run was cancelled; its finished epochs are kept.')

function listenTo(): { readonly pace: Pace; readonly said: string[] } {
  const said: string[] = []
  return { pace: startPace((state) => said.push(state)), said }
}

/** Whether a promise is settled after a while. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), delay(30, false)])
}

it('goes on at once when nobody asks for anything', async () => {
  const { pace, said } = listenTo()
  for (let step = 0; step < 1000; step++) await pace.breathe()
  expect(said).toEqual([])
})

it('lets messages in every few milliseconds, however busy the loop is', async () => {
  const { pace } = listenTo()
  let heard = 0
  const timer = setInterval(() => (heard += 1), 1)
  const end = performance.now() + 300
  while (performance.now() < end) await pace.breathe()
  clearInterval(timer)
  expect(heard).toBeGreaterThan(3)
})

it('waits while paused, says so when it really waits, and goes on with resume', async () => {
  const { pace, said } = listenTo()
  pace.pause()
  pace.pause()
  expect(said).toEqual([])
  const breath = pace.breathe()
  expect(await isSettled(breath)).toBe(false)
  expect(said).toEqual(['paused'])
  pace.resume()
  await breath
  await pace.breathe()
  expect(said).toEqual(['paused', 'resumed'])
})

it('does not wait for a pause that was taken back before the loop came by', async () => {
  const { pace, said } = listenTo()
  pace.pause()
  pace.resume()
  await pace.breathe()
  expect(said).toEqual([])
})

it('ends at the next breath after cancel, and at every one after that', async () => {
  const { pace } = listenTo()
  await pace.breathe()
  pace.cancel()
  await expect(pace.breathe()).rejects.toEqual(CANCELLED)
  await expect(pace.breathe()).rejects.toEqual(CANCELLED)
})

it('ends out of a pause, without saying that it went on', async () => {
  const { pace, said } = listenTo()
  pace.pause()
  const breath = pace.breathe()
  await delay(30)
  pace.cancel()
  await expect(breath).rejects.toEqual(CANCELLED)
  expect(said).toEqual(['paused'])
})

it('leaves pauses out of the time, and counts on from earlier executions', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { pace } = listenTo()
  pace.startClock(10_000)
  vi.advanceTimersByTime(20)
  pace.pause()
  const breath = pace.breathe()
  expect(await isSettled(breath)).toBe(false)
  vi.advanceTimersByTime(500)
  pace.resume()
  await breath
  vi.advanceTimersByTime(3)
  expect(pace.elapsedMs()).toBe(10_023)
})
