// One suite for every carrier: the same router, the same client, the same behaviour.
import { describe, expect, it } from 'vitest'
import { completeExperiment } from '#shared/experiment.ts'
import type { Client } from '#shared/client.ts'
import { contract, type AppEvent } from '#shared/contract.ts'
import { FakeTrainers } from '../main/host/fake-trainers.ts'
import { openTestHost, queueSeeds, waitForStatus } from '../main/host/open-test-host.ts'
import { CARRIERS } from './carriers.ts'

const EXPERIMENT = completeExperiment({ dataset: 'sketches', epochs: 4 }, 10_000)
const REQUEST = { name: null, experiment: EXPERIMENT, directory: null, tags: [] }

async function takeEpochs(events: AsyncIterable<AppEvent>, count: number): Promise<number[]> {
  const epochs: number[] = []
  for await (const event of events) {
    if (event.type === 'epoch-completed') epochs.push(event.metrics.epoch)
    if (epochs.length === count) break
  }
  return epochs
}

/** Every call of the contract by its path, without the stream. */
function listCalls(client: Client): readonly (readonly [string, (input: unknown) => Promise<unknown>])[] {
  const groups = { ...contract, events: {} }
  return Object.entries(groups).flatMap(([group, calls]) =>
    Object.keys(calls).map((name) => {
      const found: unknown = Reflect.get(Reflect.get(client, group) as object, name)
      return [`${group}.${name}`, found as (input: unknown) => Promise<unknown>] as const
    }),
  )
}

describe.each(Object.entries(CARRIERS))('over %s', (_name, open) => {
  async function connect() {
    const trainers = new FakeTrainers()
    const logged: string[] = []
    const host = await openTestHost(trainers.spawn, { log: (line) => logged.push(line) })
    const connectAgain = await open(host)
    return { trainers, host, logged, connectAgain, connection: await connectAgain() }
  }

  it('a call is answered', async () => {
    const { connection, host } = await connect()
    const { version, home } = await connection.client.system.read({})
    expect([version, home]).toEqual(['0.0.0', host.backend.home.directory])
    expect(await connection.client.settings.change({ theme: 'dark' })).toEqual({
      theme: 'dark',
      engine: 'auto',
      threads: 'automatic',
    })
    expect(await connection.client.settings.read({})).toMatchObject({ theme: 'dark' })
  })

  it('many calls at once are each answered', async () => {
    const { connection } = await connect()
    const themes = (['light', 'dark', 'system'] as const).flatMap((theme) =>
      Array.from({ length: 30 }, () => theme),
    )
    const answers = await Promise.all(themes.map((theme) => connection.client.settings.change({ theme })))
    expect(answers).toHaveLength(90)
    expect(await connection.client.settings.read({})).toMatchObject({ theme: 'system' })
  })

  it('a refusal comes with its code and its sentence', async () => {
    const { connection } = await connect()
    await expect(connection.client.runs.read({ runId: 'nowhere1' })).rejects.toMatchObject({
      name: 'Failure',
      code: 'not-found',
      message: "There is no run 'nowhere1'. List the runs to see their ids.",
    })
  })

  it('an experiment that cannot be trained is refused, and nothing of the list is stored', async () => {
    const { connection } = await connect()
    const impossible = { ...EXPERIMENT, validationImages: 999_999 }
    const requests = [REQUEST, { ...REQUEST, experiment: impossible }]
    await expect(connection.client.queue.add({ requests, engine: 'auto' })).rejects.toMatchObject({
      code: 'invalid-setting',
      message: expect.stringContaining('cannot hold out 999999') as string,
    })
    expect((await connection.client.runs.list({})).runs).toEqual([])
  })

  it('what does not fit the schema is refused by every call, with the keys at fault', async () => {
    const { connection } = await connect()
    for (const [path, call] of listCalls(connection.client)) {
      for (const input of [{ unknownKey: 1 }, 'text', 7, [], null]) {
        await expect(call(input), `${path} of ${JSON.stringify(input)}`).rejects.toMatchObject({
          code: 'invalid-setting',
        })
      }
    }
    const experiment = { ...EXPERIMENT, learningRate: -1, colour: 'red' }
    const add = connection.client.queue.add({ requests: [{ ...REQUEST, experiment }], engine: 'auto' })
    await expect(add).rejects.toMatchObject({
      message: expect.stringMatching(/requests\.0\.experiment\.learningRate: .*colour/) as string,
    })
  })

  it('a defect is told as one, and logged', async () => {
    const { connection, host, logged } = await connect()
    host.backend.close()
    await expect(connection.client.runs.list({})).rejects.toMatchObject({ code: 'internal' })
    expect(logged.join('\n')).toMatch(/^runs\.list: /)
  })

  it('a call that does not exist is refused', async () => {
    const { connection } = await connect()
    const stranger: unknown = Reflect.get(connection.client.runs, 'destroy')
    await expect((stranger as (input: object) => Promise<unknown>)({})).rejects.toMatchObject({
      code: 'internal',
    })
  })

  it('events stream in their order to every connection', async () => {
    const { connection, connectAgain, host, trainers } = await connect()
    const other = await connectAgain()
    const both = [await connection.client.events({}), await other.client.events({})]
    const [runId = ''] = await queueSeeds(host, [1], 4)
    const trainer = await trainers.nth(1)
    trainer.trainAll(4)
    expect(await Promise.all(both.map((events) => takeEpochs(events, 4)))).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ])
    await waitForStatus(host, runId, 'completed')
  })

  it('a stream that is left early is produced no longer', async () => {
    const { connection, host, trainers } = await connect()
    const events = await connection.client.events({})
    expect(host.announcer.readerCount).toBe(1)
    await queueSeeds(host, [1], 4)
    const trainer = await trainers.nth(1)
    trainer.start()
    trainer.finishEpoch(1)
    expect(await takeEpochs(events, 1)).toEqual([1])
    await expect.poll(() => host.announcer.readerCount).toBe(0)
    expect(await connection.client.queue.read({})).toMatchObject({ held: false })
  })

  it('a broken connection ends what was open, with a sentence, and is forgotten here', async () => {
    const { connection, host } = await connect()
    const events = await connection.client.events({})
    const next = events.next()
    connection.break()
    await expect(next).rejects.toMatchObject({ name: 'Failure', code: 'unavailable' })
    await expect.poll(() => host.announcer.readerCount).toBe(0)
  })

  it('a page that reconnects loses no epoch', async () => {
    const { connection, connectAgain, host, trainers } = await connect()
    const events = await connection.client.events({})
    const [runId = ''] = await queueSeeds(host, [1], 4)
    const trainer = await trainers.nth(1)
    trainer.start()
    trainer.finishEpoch(1)
    const seen = new Set(await takeEpochs(events, 1))
    connection.break()
    trainer.finishEpoch(2)
    trainer.finishEpoch(3)
    await expect.poll(async () => (await host.backend.store.findRun(runId)).epochs.length).toBe(3)
    const { client } = await connectAgain()
    const later = await client.events({})
    trainer.finishEpoch(4)
    for (const { epoch } of (await client.runs.read({ runId })).epochs) seen.add(epoch)
    for (const epoch of await takeEpochs(later, 1)) seen.add(epoch)
    expect([...seen]).toEqual([1, 2, 3, 4])
  })
})
