import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { EpochMetrics, Run } from '#shared/run.ts'
import type { SpawnTrainer } from '#main/training/spawn-trainer.ts'
import { refusal } from '../files/refusal.ts'
import { writePatterns } from './patterns.ts'
import { LONG, openTrainingHome, QUICK, type TrainingHome } from './training-home.ts'

/** Trains until the first epoch is finished. */
async function trainOneEpoch(home: TrainingHome, run: Run) {
  const firstEpoch = home.next('epoch-completed')
  const execution = await home.train(run)
  await firstEpoch
  return execution
}

async function hashLastCheckpoint({ backend }: TrainingHome, { id }: Run): Promise<string> {
  const last = (await backend.store.listCheckpoints(id)).at(-1)
  const bytes = await readFile(join(backend.home.runFolder(id), last?.file ?? ''))
  return createHash('sha256').update(bytes).digest('hex')
}

const FIVE = { ...QUICK, epochs: 5 }

/** @returns the run with the paths of its two checkpoints, the newest last */
async function interruptAfterTwoEpochs(
  home: TrainingHome,
  settings: Parameters<TrainingHome['createRun']>[0] = LONG,
) {
  const { store } = home.backend
  let run = await home.createRun(settings)
  while (run.epochs.length < 2) {
    const execution = await trainOneEpoch(home, run)
    execution.interrupt('A test.')
    run = await execution.ended
  }
  const folder = home.backend.home.runFolder(run.id)
  return { run, paths: (await store.listCheckpoints(run.id)).map(({ file }) => join(folder, file)) }
}

function withoutTimes(epochs: readonly EpochMetrics[]) {
  return epochs.map(({ epoch, train, validation, test }) => ({ epoch, train, validation, test }))
}

describe('a run', () => {
  it('is stored first and then announced, keeps its last two checkpoints, and can be read afterwards', async () => {
    const storedAtEvents: unknown[] = []
    const home = await openTrainingHome(undefined, (event, directory) => {
      if (event.type === 'training-progressed') return
      const reader = new Database(join(directory, 'atelier.db'), { readonly: true })
      storedAtEvents.push([
        event.type,
        reader.prepare('select status from runs').pluck().get(),
        reader.prepare('select max(epoch) from epochs').pluck().get(),
        reader.prepare('select max(epoch) from checkpoints').pluck().get(),
      ])
      reader.close()
    })
    const { backend } = home
    const run = await home.createRun()
    expect(run).toMatchObject({ status: 'queued', engine: null, epochs: [] })
    const ended = await (await home.train(run)).ended
    expect(storedAtEvents).toEqual([
      ['run-changed', 'running', null, null],
      ['epoch-completed', 'running', 1, 1],
      ['epoch-completed', 'running', 2, 2],
      ['epoch-completed', 'running', 3, 3],
      ['epoch-completed', 'running', 4, 4],
      ['run-changed', 'completed', 4, 4],
    ])
    expect(ended).toMatchObject({ status: 'completed', reason: null, engine: { name: 'wasm' } })
    expect(ended.evaluation?.metrics.count).toBe(200)
    expect((await backend.store.readPredictions(run.id)).labels).toHaveLength(200)
    expect(ended).toEqual(await backend.store.findRun(run.id))
    const files = ['epoch-00003.safetensors', 'epoch-00004.safetensors']
    expect((await backend.store.listCheckpoints(run.id)).map(({ file }) => file)).toEqual(files)
    expect(await readdir(backend.home.runFolder(run.id))).toEqual(files)
  })

  it('whose trainer is killed is interrupted with the reason, and goes on to the same bits', async () => {
    const home = await openTrainingHome()
    const settings = { ...QUICK, epochs: 12 }
    const whole = await (await home.train(await home.createRun(settings))).ended
    const execution = await trainOneEpoch(home, await home.createRun(settings))
    execution.trainer.kill()
    const killed = await execution.ended
    expect(killed).toMatchObject({
      status: 'interrupted',
      reason: 'The trainer process ended unexpectedly (SIGKILL); finished epochs are kept.',
    })
    expect(killed.epochs.length).toBeGreaterThan(0)
    expect(killed.epochs.length).toBeLessThan(12)
    const resumed = await (await home.train(killed)).ended
    expect(resumed.status).toBe('completed')
    expect(withoutTimes(resumed.epochs)).toEqual(withoutTimes(whole.epochs))
    expect(resumed.evaluation).toEqual(whole.evaluation)
    expect(await hashLastCheckpoint(home, resumed)).toBe(await hashLastCheckpoint(home, whole))
    const times = resumed.epochs.map(({ elapsedMs }) => elapsedMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  it('whose loss is no longer a number has failed and says what usually helps', async () => {
    const home = await openTrainingHome()
    const run = await home.createRun({ ...QUICK, loss: 'nll-on-logits', learningRate: 100, epochs: 50 })
    const { status, reason } = await (await home.train(run)).ended
    expect(status).toBe('failed')
    expect(reason).toMatch(/^Training stopped in epoch 1.+ A lower learning rate usually helps/)
  })

  it('is paused and goes on, and both stand in the history', async () => {
    const home = await openTrainingHome()
    const { store } = home.backend
    const run = await home.createRun(LONG)
    const { trainer } = await trainOneEpoch(home, run)
    const paused = home.next('run-changed')
    trainer.pause()
    expect(await paused).toMatchObject({ run: { status: 'paused' } })
    expect((await store.findRun(run.id)).status).toBe('paused')
    const epochs = (await store.findRun(run.id)).epochs.length
    await delay(300)
    expect((await store.findRun(run.id)).epochs).toHaveLength(epochs)
    const resumed = home.next('run-changed')
    const nextEpoch = home.next('epoch-completed')
    trainer.resume()
    expect(await resumed).toMatchObject({ run: { status: 'running' } })
    await nextEpoch
  })

  it.each(['running', 'paused'])('that is %s is cancelled promptly and keeps its epochs', async (state) => {
    const home = await openTrainingHome()
    const { trainer, ended } = await trainOneEpoch(home, await home.createRun(LONG))
    const paused = home.next('run-changed')
    if (state === 'paused') {
      trainer.pause()
      await paused
    }
    const from = performance.now()
    trainer.cancel()
    const run = await ended
    const goneMs = performance.now() - from
    process.stdout.write(`cancel of a run that is ${state}: gone after ${Math.round(goneMs)} ms\n`)
    expect(run).toMatchObject({
      status: 'cancelled',
      reason: 'The run was cancelled; its finished epochs are kept.',
    })
    expect(run.epochs.length).toBeGreaterThan(0)
    expect(goneMs).toBeLessThan(10_000)
  })

  it('that was cancelled can go on', async () => {
    const home = await openTrainingHome()
    const execution = await trainOneEpoch(home, await home.createRun({ ...QUICK, epochs: 100 }))
    execution.trainer.cancel()
    const cancelled = await execution.ended
    expect(cancelled.status).toBe('cancelled')
    const again = await trainOneEpoch(home, cancelled)
    again.trainer.cancel()
    const { epochs } = await again.ended
    expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, index) => index + 1))
    expect(epochs.length).toBeGreaterThan(cancelled.epochs.length)
  })
})

describe('a run that is to go on', () => {
  it('does not do so on other data', async () => {
    const home = await openTrainingHome()
    const execution = await trainOneEpoch(home, await home.createRun(LONG))
    execution.interrupt('A test.')
    const run = await execution.ended
    expect(run).toMatchObject({ status: 'interrupted', reason: 'A test.' })
    await rm(home.patterns, { recursive: true })
    const other = await writePatterns(dirname(home.patterns), 2)
    await rename(other, home.patterns)
    const refused = await (await home.train(run)).ended
    expect(refused.status).toBe('failed')
    expect(refused.reason).toContain(run.dataset.hash.slice(0, 12))
    expect(refused.epochs).toEqual(run.epochs)
  })

  it('does not do so when every checkpoint is damaged, and says which file it is', async () => {
    const home = await openTrainingHome()
    const { run, paths } = await interruptAfterTwoEpochs(home)
    for (const path of paths) await truncate(path, 1000)
    const refused = await (await home.train(run)).ended
    expect(refused.status).toBe('failed')
    expect(refused.reason).toContain(`The checkpoint ${paths.at(-1)} is damaged: it has 1000 bytes`)
    expect(refused.reason).toContain('Start the run again, or delete it.')
    expect(refused.epochs).toEqual(run.epochs)
  })

  it.each([
    ['damaged', (path: string) => truncate(path, 1000)],
    ['missing', (path: string) => rm(path)],
  ])('goes on from the checkpoint before a %s one, to the same bits', async (word, spoil) => {
    const home = await openTrainingHome()
    const { store } = home.backend
    const whole = await (await home.train(await home.createRun(FIVE))).ended
    const { run, paths } = await interruptAfterTwoEpochs(home, FIVE)
    await spoil(paths.at(-1) ?? '')
    const ended = await (await home.train(run)).ended
    expect(ended.status).toBe('completed')
    expect(withoutTimes(ended.epochs)).toEqual(withoutTimes(whole.epochs))
    expect(ended.evaluation).toEqual(whole.evaluation)
    expect(await hashLastCheckpoint(home, ended)).toBe(await hashLastCheckpoint(home, whole))
    const last = run.epochs.length
    const said = (await store.readLog(run.id)).map(({ text }) => text)
    expect(said).toContainEqual(expect.stringContaining(`The checkpoint ${paths.at(-1)} is ${word}`))
    expect(said.join('\n')).toContain(`goes on from the checkpoint of epoch ${last - 1} instead`)
  })

  it('clears its folder of everything that the history does not name', async () => {
    const home = await openTrainingHome()
    const execution = await trainOneEpoch(home, await home.createRun(LONG))
    execution.interrupt('A test.')
    const run = await execution.ended
    const folder = home.backend.home.runFolder(run.id)
    const named = (await home.backend.store.listCheckpoints(run.id)).map(({ file }) => file)
    await writeFile(join(folder, 'epoch-09999.safetensors'), 'written and never stored')
    await writeFile(join(folder, '.epoch-00009.safetensors.1.0123456789ab.tmp'), 'half')
    const again = await home.train(run)
    expect((await readdir(folder)).sort()).toEqual(named)
    again.interrupt('A test.')
    await again.ended
  })

  it('cannot when it is completed, running or deleted', async () => {
    const home = await openTrainingHome()
    const { store } = home.backend
    const completed = await (await home.train(await home.createRun({ ...QUICK, epochs: 1 }))).ended
    await expect(home.train(completed)).rejects.toEqual(
      refusal('conflict', `Run ${completed.id} is completed`),
    )
    await store.deleteRun(completed.id)
    const deleted = await store.findRun(completed.id)
    await expect(home.train(deleted)).rejects.toEqual(refusal('conflict', 'is deleted. Restore it first.'))
    const run = await home.createRun(LONG)
    await trainOneEpoch(home, run)
    const running = await store.findRun(run.id)
    await expect(home.train(running)).rejects.toEqual(refusal('conflict', `Run ${run.id} is running`))
  })
})

describe('a trainer that ends before its engine has started', () => {
  /** A process that is gone as soon as it is there. */
  const spawnDying: SpawnTrainer = () => ({
    pid: undefined,
    post: () => undefined,
    onMessage: () => undefined,
    onExit: (listener) => void setTimeout(() => listener('SIGABRT'), 50),
    kill: () => undefined,
  })

  it('makes a new run an interrupted one, with the reason', async () => {
    const home = await openTrainingHome(spawnDying)
    const { status, reason } = await (await home.train(await home.createRun())).ended
    expect({ status, reason }).toEqual({
      status: 'interrupted',
      reason: 'The trainer process ended unexpectedly (SIGABRT); finished epochs are kept.',
    })
  })

  it('leaves a run queued that was interrupted by the user', async () => {
    const home = await openTrainingHome(spawnDying)
    const execution = await home.train(await home.createRun())
    execution.interrupt('A test.')
    expect((await execution.ended).status).toBe('queued')
  })

  it('interrupts a run that was to go on, whatever it was before', async () => {
    const home = await openTrainingHome(spawnDying)
    const { store } = home.backend
    const run = await home.createRun()
    await store.updateStatus(run.id, 'cancelled', 'A test.')
    const cancelled = await store.findRun(run.id)
    expect(await (await home.train(cancelled)).ended).toMatchObject({ status: 'interrupted' })
    const interrupted = await store.findRun(run.id)
    expect(await (await home.train(interrupted)).ended).toMatchObject({ status: 'interrupted' })
  })
})

it('an engine that does not start fails the run with what to install', async () => {
  const home = await openTrainingHome()
  const run = await home.createRun()
  const engine = process.env['ATELIER_TFJS_NODE']
  process.env['ATELIER_TFJS_NODE'] = '/nowhere'
  try {
    const { status, reason } = await (await home.backend.train(run, 'cuda')).ended
    expect(status).toBe('failed')
    expect(reason).toMatch(/^The engine cuda did not start: .+ choose another engine/)
  } finally {
    if (engine === undefined) delete process.env['ATELIER_TFJS_NODE']
    else process.env['ATELIER_TFJS_NODE'] = engine
  }
})
