// How a training that a terminal watches ends: by Ctrl-C at any time, by the death of its process, or before it began.
import { describe, expect, it } from 'vitest'
import { trainAndTell } from '#main/terminal/follow-run.ts'
import type { Terminal } from '#main/terminal/verb.ts'
import { FakeTrainers } from '../host/fake-trainers.ts'
import { openTrainingHome, QUICK } from '../training/training-home.ts'

function openTerminal() {
  const printed: string[] = []
  const notes: string[] = []
  const terminal: Terminal = {
    print: (line) => void printed.push(line),
    note: (line) => void notes.push(line),
    status: () => undefined,
    json: true,
  }
  return { terminal, printed, notes }
}

/** A training in a terminal, whose processes do what the test says. */
async function openTraining() {
  const trainers = new FakeTrainers()
  const home = await openTrainingHome(trainers.spawn)
  const ctrlC = new AbortController()
  const { terminal, printed, notes } = openTerminal()
  const run = await home.createRun(QUICK)
  const train = (engine: 'auto' | 'wasm'): Promise<number> =>
    trainAndTell(home.backend, run, { engine, threads: 'automatic' }, terminal, ctrlC.signal)
  const { store } = home.backend
  return { trainers, store, run, train, printed, notes, ctrlC }
}

describe('Ctrl-C while engines are measured for a new run', () => {
  it('cancels the run, and says how to go on with it', async () => {
    const { trainers, store, run, train, printed, notes, ctrlC } = await openTraining()
    const code = train('auto')
    await trainers.nth(1)
    ctrlC.abort()
    expect(await code).toBe(130)
    expect(await store.findRun(run.id)).toMatchObject({
      status: 'cancelled',
      reason: 'It was ended in the terminal before it began.',
    })
    expect(printed.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { type: 'cancelled', run: { id: run.id } },
    ])
    expect(notes).toEqual([
      `Run ${run.id} is cancelled. It was ended in the terminal before it began.`,
      `No epoch was finished. Go on with: atelier resume ${run.id}`,
    ])
  })

  it('leaves a run that waits in the queue of the application where it is', async () => {
    const { trainers, store, run, train, ctrlC } = await openTraining()
    await store.queueRun(run.id, 'auto')
    const code = train('auto')
    await trainers.nth(1)
    ctrlC.abort()
    expect(await code).toBe(130)
    expect((await store.findRun(run.id)).status).toBe('queued')
    expect(await store.readQueue()).toEqual([{ runId: run.id, engine: 'auto' }])
  })
})

it('a run that no engine can train is kept, and told by its id', async () => {
  const { trainers, store, run, train } = await openTraining()
  trainers.answer = { type: 'failed', failure: { code: 'internal', message: 'The memory is full.' } }
  await expect(train('auto')).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining(
      `Run ${run.id} is kept; try again with: atelier resume ${run.id}`,
    ) as string,
  })
  expect((await store.findRun(run.id)).status).toBe('cancelled')
})

it('a training whose process dies has not succeeded, and was not ended by Ctrl-C', async () => {
  const { trainers, store, run, train, notes } = await openTraining()
  const code = train('wasm')
  const trainer = await trainers.nth(1)
  trainer.start()
  trainer.kill()
  expect(await code).toBe(1)
  expect((await store.findRun(run.id)).status).toBe('interrupted')
  expect(notes.at(-1)).toBe(`No epoch was finished. Go on with: atelier resume ${run.id}`)
})

it('a training that Ctrl-C ends says so by its exit code', async () => {
  const { trainers, store, run, train, ctrlC } = await openTraining()
  const code = train('wasm')
  const trainer = await trainers.nth(1)
  trainer.start()
  await expect.poll(async () => (await store.findRun(run.id)).engine?.name).toBe('wasm')
  ctrlC.abort()
  expect(await code).toBe(130)
  expect((await store.findRun(run.id)).status).toBe('interrupted')
})
