import { describe, expect, it, vi } from 'vitest'
import { DEFAULT_PREPARATION } from '#shared/preparation.ts'
import {
  LivePreparation,
  type PreparationWorker,
} from '../../../src-renderer/pages/classify/live-preparation.svelte.ts'
import type {
  PreparationAnswer,
  PreparationQuestion,
} from '../../../src-renderer/pages/classify/preparation-messages.ts'

const photo = new ImageData(4, 4)
const box = (left: number) => ({ box: { left, top: 0, right: 1, bottom: 1 } })

/** A worker that answers when the test says so. */
function openSlowWorker() {
  const questions: PreparationQuestion[] = []
  const worker: PreparationWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (question: unknown) => void questions.push(question as PreparationQuestion),
    terminate: vi.fn(),
  }
  const answer = (note: string): void => {
    const number = questions.at(-1)?.number ?? 0
    const data: PreparationAnswer = { number, prepared: { garment: photo, input: photo, note } }
    worker.onmessage?.call(worker as Worker, new MessageEvent('message', { data }))
  }
  return { worker, questions, answer }
}

describe('The preparation beside the page', () => {
  it('asks one question at a time, after a pause, and shows only the answer to the newest', async () => {
    const { worker, questions, answer } = openSlowWorker()
    const live = new LivePreparation(photo, () => worker)
    for (const left of [0.1, 0.2, 0.3]) live.ask(DEFAULT_PREPARATION, box(left))
    await expect.poll(() => questions.length).toBe(1)
    expect(questions[0]?.edit).toEqual(box(0.3))
    live.ask(DEFAULT_PREPARATION, box(0.4))
    live.ask(DEFAULT_PREPARATION, box(0.5))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(questions.length).toBe(1)
    answer('of 0.3')
    expect(live.prepared).toBeNull()
    expect(live.isWorking).toBe(true)
    expect(questions[1]?.edit).toEqual(box(0.5))
    answer('of 0.5')
    expect(live.prepared?.note).toBe('of 0.5')
    expect(live.isWorking).toBe(false)
  })

  it('says what went wrong, and shows the next answer again', async () => {
    const { worker, questions, answer } = openSlowWorker()
    const live = new LivePreparation(photo, () => worker)
    live.ask(DEFAULT_PREPARATION, null)
    await expect.poll(() => questions.length).toBe(1)
    worker.onmessage?.call(
      worker as Worker,
      new MessageEvent('message', { data: { number: 1, problem: 'No picture.' } }),
    )
    expect([live.problem, live.isWorking]).toEqual(['No picture.', false])
    live.ask(DEFAULT_PREPARATION, null)
    await expect.poll(() => questions.length).toBe(2)
    answer('well')
    expect([live.problem, live.prepared?.note]).toEqual(['', 'well'])
  })

  it('says that the preview cannot be started, and asks nothing after it was closed', async () => {
    const { worker, questions } = openSlowWorker()
    const live = new LivePreparation(photo, () => worker)
    worker.onerror?.call(worker as Worker, new ErrorEvent('error'))
    expect(live.problem).toMatch(/could not be started/)
    live.ask(DEFAULT_PREPARATION, null)
    live.close()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(questions).toEqual([])
    expect(worker.terminate).toHaveBeenCalledOnce()
  })
})
