import { describe, expect, it } from 'vitest'
import { RunDesk } from '#main/host/run-desk.ts'
import type { Host } from '#main/host/host.ts'
import { Failure } from '#shared/failure.ts'
import { FakeTrainers } from './fake-trainers.ts'
import { openTestHost, queueSeeds, temporaryFolder, waitForEvent, waitForStatus } from './open-test-host.ts'

async function open(home?: string): Promise<{ host: Host; trainers: FakeTrainers; desk: RunDesk }> {
  const trainers = new FakeTrainers()
  const host = await openTestHost(trainers.spawn, home === undefined ? {} : { home })
  return { host, trainers, desk: new RunDesk(host.backend.store, host.queue, host.announcer.announce) }
}

function logOf(host: Host, runId: string): Promise<string[]> {
  return host.backend.store.readLog(runId).then((lines) => lines.map(({ text }) => text))
}

describe('runs in the queue', () => {
  it('train one at a time, in their order, to the end', async () => {
    const { host, trainers } = await open()
    const [a = '', b = ''] = await queueSeeds(host, [1, 2])
    const first = await trainers.nth(1)
    expect(await host.queue.read()).toMatchObject({ current: a, waiting: [{ runId: b, engine: 'cpu' }] })
    expect(trainers.all).toHaveLength(1)
    first.trainAll(2)
    const second = await trainers.nth(2)
    second.trainAll(2)
    await waitForStatus(host, b, 'completed')
    expect([first.seed, second.seed, trainers.all.length]).toEqual([1, 2, 2])
    expect(await host.queue.read()).toEqual({ current: null, waiting: [], held: false })
    expect(await logOf(host, a)).toEqual([
      'Created and lined up.',
      'Started with the engine wasm.',
      'Epoch 1 of 2: loss 0.3333, accuracy 73.96 %, validation 73.96 %.',
      'Epoch 2 of 2: loss 0.2500, accuracy 73.96 %, validation 73.96 %.',
      'Completed: 2 of 4 test images are right (50.00 %).',
    ])
  })

  it('go on with the next one when one fails, dies or cannot begin', async () => {
    const { host, trainers } = await open()
    const [a = '', b = '', c = ''] = await queueSeeds(host, [1, 2, 3])
    const first = await trainers.nth(1)
    first.start()
    first.fail('diverged', 'The loss became NaN.')
    const second = await trainers.nth(2)
    second.start()
    second.kill()
    ;(await trainers.nth(3)).trainAll(2)
    await waitForStatus(host, c, 'completed')
    expect(await host.backend.store.findRun(a)).toMatchObject({
      status: 'failed',
      reason: 'The loss became NaN.',
    })
    expect(await host.backend.store.findRun(b)).toMatchObject({ status: 'interrupted' })
    expect((await logOf(host, b)).at(-1)).toMatch(
      /^Interrupted: The trainer process ended unexpectedly \(SIGKILL\)/,
    )
  })

  it('are failed when no trainer can be started, and the queue goes on', async () => {
    const trainers = new FakeTrainers()
    let isBroken = true
    const spawn = (): ReturnType<FakeTrainers['spawn']> => {
      if (!isBroken) return trainers.spawn()
      isBroken = false
      throw new Failure('unavailable', 'No process can be started.')
    }
    const host = await openTestHost(spawn, { log: () => undefined })
    const [a = '', b = ''] = await queueSeeds(host, [1, 2])
    ;(await trainers.nth(1)).trainAll(2)
    await waitForStatus(host, b, 'completed')
    expect(await host.backend.store.findRun(a)).toMatchObject({
      status: 'failed',
      reason: 'No process can be started.',
    })
  })

  it('can be moved to be next, and taken out', async () => {
    const { host, trainers } = await open()
    const [a = '', b = '', c = '', d = ''] = await queueSeeds(host, [1, 2, 3, 4])
    await host.queue.move(d, 0)
    await host.queue.withdraw([b])
    expect((await host.queue.read()).waiting.map(({ runId }) => runId)).toEqual([d, c])
    expect(await host.backend.store.findRun(b)).toMatchObject({
      status: 'cancelled',
      reason: 'It was taken out of the queue.',
    })
    await expect(host.queue.withdraw([c, a])).rejects.toMatchObject({ code: 'conflict' })
    ;(await trainers.nth(1)).trainAll(2)
    expect((await trainers.nth(2)).seed).toBe(4)
  })

  it('wait while the queue is held: the one in training ends, no other starts until it is released', async () => {
    const { host, trainers } = await open()
    const [a = ''] = await queueSeeds(host, [1, 2])
    const first = await trainers.nth(1)
    await host.queue.setHeld(true)
    first.trainAll(2)
    await waitForStatus(host, a, 'completed')
    expect([trainers.all.length, (await host.queue.read()).current]).toEqual([1, null])
    await host.queue.setHeld(false)
    expect((await trainers.nth(2)).seed).toBe(2)
  })
})

describe('the run in training', () => {
  it('is paused and goes on', async () => {
    const { host, trainers, desk } = await open()
    const [a = ''] = await queueSeeds(host, [1])
    const trainer = await trainers.nth(1)
    trainer.start()
    await waitForStatus(host, a, 'running')
    await desk.pause(a)
    await waitForStatus(host, a, 'paused')
    await desk.resume(a)
    await waitForStatus(host, a, 'running')
    expect(trainer.posted.map(({ type }) => type)).toEqual(['start', 'pause', 'resume'])
    expect((await logOf(host, a)).slice(-2)).toEqual(['Paused.', 'Goes on after a pause.'])
  })

  it('is cancelled and keeps its finished epochs; resumed, it goes on behind the others', async () => {
    const { host, trainers, desk } = await open()
    const [a = '', b = ''] = await queueSeeds(host, [1, 2])
    const trainer = await trainers.nth(1)
    trainer.start()
    trainer.finishEpoch(1)
    await waitForStatus(host, a, 'running')
    await desk.cancel(a)
    const second = await trainers.nth(2)
    expect(await host.backend.store.findRun(a)).toMatchObject({ status: 'cancelled', epochs: [{ epoch: 1 }] })
    await desk.resume(a)
    expect(await host.queue.read()).toMatchObject({ current: b, waiting: [{ runId: a, engine: 'wasm' }] })
    second.trainAll(2)
    const third = await trainers.nth(3)
    third.start()
    third.finishEpoch(2)
    third.complete()
    await waitForStatus(host, a, 'completed')
    expect(await logOf(host, a)).toContain('Goes on after epoch 1 with the engine wasm.')
  })

  it('cannot be deleted, lined up or moved', async () => {
    const { host, trainers, desk } = await open()
    const [a = ''] = await queueSeeds(host, [1])
    await trainers.nth(1)
    const refused = { code: 'conflict' }
    await expect(desk.delete([a])).rejects.toMatchObject(refused)
    await expect(host.queue.lineUp(a, 'cpu')).rejects.toMatchObject(refused)
    await expect(host.queue.move(a, 1)).rejects.toMatchObject(refused)
  })

  it('shows a page that is loaded in the middle all losses so far, and stores them with the epoch', async () => {
    const { host, trainers, desk } = await open()
    const [a = ''] = await queueSeeds(host, [1])
    const trainer = await trainers.nth(1)
    trainer.start()
    trainer.progress(1, 10)
    trainer.progress(1, 20)
    trainer.finishEpoch(1)
    trainer.progress(2, 10)
    await waitForEvent(host, ({ type }) => type === 'epoch-completed')
    await expect.poll(async () => (await desk.readCurve(a)).batchLosses.length).toBe(3)
    const { batchLosses, progress } = await desk.readCurve(a)
    expect(batchLosses.map(({ epoch, batch }) => [epoch, batch])).toEqual([
      [1, 10],
      [1, 20],
      [2, 10],
    ])
    expect(progress).toMatchObject({ epoch: 2, batch: 10 })
    expect(await host.backend.store.readCurve(a)).toHaveLength(2)
  })
})

describe('a run that is not in training', () => {
  it('cannot be paused', async () => {
    const { host, desk } = await open()
    await host.queue.setHeld(true)
    const [a = ''] = await queueSeeds(host, [1])
    await expect(desk.pause(a)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('leaves the queue when it is cancelled, and with it when it is deleted', async () => {
    const { host, desk } = await open()
    await host.queue.setHeld(true)
    const [a = '', b = '', c = ''] = await queueSeeds(host, [1, 2, 3])
    await desk.cancel(a)
    await desk.delete([b])
    expect((await host.queue.read()).waiting).toEqual([{ runId: c, engine: 'cpu' }])
    await desk.restore([b])
    await desk.resume(b)
    expect((await host.queue.read()).waiting.map(({ runId }) => runId)).toEqual([c, b])
  })

  it('is extended after it was completed, from its last epoch on', async () => {
    const { host, trainers, desk } = await open()
    const [a = ''] = await queueSeeds(host, [1])
    ;(await trainers.nth(1)).trainAll(2)
    await waitForStatus(host, a, 'completed')
    await desk.extend(a, 3)
    const again = await trainers.nth(2)
    expect(again.posted[0]?.job?.experiment.epochs).toBe(5)
    again.start()
    for (const epoch of [3, 4, 5]) again.finishEpoch(epoch)
    again.complete()
    await waitForStatus(host, a, 'completed')
    expect((await host.backend.store.findRun(a)).epochs).toHaveLength(5)
    await expect(desk.resume(a)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a restart', () => {
  it('in order goes on with what waited; what was training is interrupted and stays so', async () => {
    const folder = temporaryFolder()
    const first = await open(folder)
    const [a = '', b = ''] = await queueSeeds(first.host, [1, 2])
    const trainer = await first.trainers.nth(1)
    trainer.start()
    trainer.finishEpoch(1)
    await waitForStatus(first.host, a, 'running')
    await first.host.close()
    const second = await open(folder)
    expect((await second.trainers.nth(1)).seed).toBe(2)
    expect(await second.host.queue.read()).toEqual({ current: b, waiting: [], held: false })
    expect(await second.host.backend.store.findRun(a)).toMatchObject({
      status: 'interrupted',
      reason: 'Atelier was closed while this run was training.',
      epochs: [{ epoch: 1 }],
    })
    expect(second.host.notices).toEqual([])
  })

  it('in order keeps a held queue held', async () => {
    const folder = temporaryFolder()
    const first = await open(folder)
    await first.host.queue.setHeld(true)
    const [a = ''] = await queueSeeds(first.host, [1])
    await first.host.close()
    const second = await open(folder)
    expect(await second.host.queue.read()).toEqual({
      current: null,
      waiting: [{ runId: a, engine: 'cpu' }],
      held: true,
    })
  })

  it('while an engine starts begins the same run again', async () => {
    const folder = temporaryFolder()
    const first = await open(folder)
    const [a = ''] = await queueSeeds(first.host, [1])
    await first.trainers.nth(1)
    await first.host.close()
    const second = await open(folder)
    expect((await second.trainers.nth(1)).seed).toBe(1)
    expect((await second.host.queue.read()).current).toBe(a)
  })

  it('after a crash in training holds what waits, and says so', async () => {
    const folder = temporaryFolder()
    const first = await open(folder)
    await first.host.queue.setHeld(true)
    const [a = '', b = ''] = await queueSeeds(first.host, [1, 2])
    await first.host.queue.setHeld(false)
    const trainer = await first.trainers.nth(1)
    trainer.start()
    await waitForStatus(first.host, a, 'running')
    first.host.backend.close() // what kill -9 leaves: a run that is 'running' and one that waits
    const second = await open(folder)
    expect(await second.host.queue.read()).toEqual({
      current: null,
      waiting: [{ runId: b, engine: 'cpu' }],
      held: true,
    })
    expect(second.host.notices).toEqual([
      `Run ${a} was interrupted when Atelier ended. Resume it to go on.`,
      'The queue is held, because Atelier ended unexpectedly while it trained. Release it to go on.',
    ])
    await second.host.queue.setHeld(false)
    expect((await second.trainers.nth(1)).seed).toBe(2)
  })
})
