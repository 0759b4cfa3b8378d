import { describe, expect, it } from 'vitest'
import type { Channel } from '../../../src-renderer/channel.ts'
import { wireOfPort } from '../../../src-renderer/channel.ts'
import { Connection } from '../../../src-renderer/state/connection.svelte.ts'
import { History } from '../../../src-renderer/state/history.svelte.ts'
import { OpenRun } from '../../../src-renderer/state/open-run.svelte.ts'
import { FakeHost } from '../fake-host.ts'
import { makeEpoch } from '../fake-runs.ts'

/** A channel whose wire a test can cut: from then on it carries nothing. */
function breakable(host: FakeHost): Channel & { cut(): void } {
  let cut: () => void = () => undefined
  return {
    reopens: true,
    open: () => {
      const { near, far } = host.openPorts()
      const closed = new Promise<void>((resolve) => {
        cut = () => {
          near.close()
          resolve()
        }
      })
      return Promise.resolve({ link: wireOfPort(far).link, closed })
    },
    cut: () => cut(),
  }
}

const epoch = (number: number, host: FakeHost) =>
  makeEpoch(number, 0.8, host.find('run-00001').experiment, () => 0.5)

async function open(host: FakeHost) {
  const channel = breakable(host)
  const connection = new Connection(channel)
  const history = new History(connection)
  const run = new OpenRun(connection, 'run-00001')
  void connection.run()
  await expect.poll(() => history.status).toBe('ready')
  await expect.poll(() => run.status).toBe('ready')
  return { channel, connection, history, run }
}

function hostWithLiveRun(): FakeHost {
  const host = new FakeHost(3)
  host.change('run-00001', { status: 'running', epochs: [], evaluation: null })
  return host
}

describe('the page’s copy of the history', () => {
  it('takes epochs as they are announced, and an older one changes nothing', async () => {
    const host = hostWithLiveRun()
    const { history, run } = await open(host)
    for (const number of [1, 2, 1])
      host.announce({ type: 'epoch-completed', runId: 'run-00001', metrics: epoch(number, host) })
    await expect.poll(() => history.find('run-00001')?.lastEpoch?.epoch).toBe(2)
    expect(run.run?.epochs.map((one) => one.epoch)).toEqual([1, 2])
  })

  it('loses no epoch when the connection breaks in the middle', async () => {
    const host = hostWithLiveRun()
    const { channel, connection, history, run } = await open(host)
    host.announce({ type: 'epoch-completed', runId: 'run-00001', metrics: epoch(1, host) })
    await expect.poll(() => run.run?.epochs.length).toBe(1)
    channel.cut()
    await expect.poll(() => connection.status).toBe('reconnecting')
    host.announce({ type: 'epoch-completed', runId: 'run-00001', metrics: epoch(2, host) })
    await expect.poll(() => connection.status).toBe('connected')
    host.announce({ type: 'epoch-completed', runId: 'run-00001', metrics: epoch(3, host) })
    await expect.poll(() => run.run?.epochs.map((one) => one.epoch)).toEqual([1, 2, 3])
    await expect.poll(() => history.find('run-00001')?.lastEpoch?.epoch).toBe(3)
  })

  it('refuses a call while there is no connection, with what to do', async () => {
    const connection = new Connection({ reopens: false, open: () => new Promise(() => undefined) })
    await expect(connection.client.runs.list({})).rejects.toThrow('still starting')
  })

  it('merges batches by epoch and number, whichever way they come', async () => {
    const host = hostWithLiveRun()
    host.curves.set('run-00001', [
      { epoch: 1, batch: 1, loss: 2 },
      { epoch: 1, batch: 2, loss: 1.5 },
    ])
    const { run } = await open(host)
    const batchLosses = [
      { epoch: 1, batch: 2, loss: 1.5 },
      { epoch: 1, batch: 3, loss: 1.2 },
    ]
    const progress = {
      epoch: 1,
      batch: 3,
      batches: 9,
      loss: 1.6,
      accuracy: 0.5,
      imagesPerSecond: 1,
      remainingMs: null,
      batchLosses,
      memoryBytes: 1,
    }
    host.announce({ type: 'training-progressed', runId: 'run-00001', progress })
    await expect.poll(() => run.batchLosses.map(({ batch }) => batch)).toEqual([1, 2, 3])
  })

  it('forgets a deleted run and takes it back when it is restored', async () => {
    const { history } = await open(hostWithLiveRun())
    await history.delete(['run-00002'])
    await expect.poll(() => history.find('run-00002')).toBeUndefined()
    await history.restore(['run-00002'])
    expect(history.find('run-00002')?.id).toBe('run-00002')
  })
})
