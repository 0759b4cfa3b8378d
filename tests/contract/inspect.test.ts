// The inside of a network crosses every carrier as the numbers that were computed, and inputs have limits.
import { expect, it } from 'vitest'
import { packFloats, unpackFloats } from '#shared/inspect/packed-floats.ts'
import { MAX_UNITS } from '#shared/contract/inspect.ts'
import { FakeTrainers } from '../main/host/fake-trainers.ts'
import { openTestHost } from '../main/host/open-test-host.ts'
import { CARRIERS } from './carriers.ts'

const SUBJECT = { type: 'image' as const, split: 'test' as const, index: 0 }

it.each(Object.entries(CARRIERS))('looking inside over %s', async (_name, open) => {
  const host = await openTestHost(new FakeTrainers().spawn)
  const { client } = await (await open(host))()
  const values = Float32Array.from([0, -0, 1 / 3, -1e-40, 3.4e38, NaN, Infinity])
  host.inspect.gradCam = (_at, _layer, label) =>
    Promise.resolve({
      height: 1,
      width: 7,
      values: packFloats(values),
      weights: packFloats(values.slice(0, label)),
    })
  const told = await client.inspect.gradCam({
    runId: 'x',
    subject: SUBJECT,
    epoch: 1,
    layer: 'conv_1_1',
    label: 2,
  })
  expect(unpackFloats(told.values)).toEqual(values)
  expect(unpackFloats(told.weights)).toEqual(values.slice(0, 2))

  const refused = { code: 'invalid-setting' }
  const { inspect } = client
  const subject = { type: 'image' as const, split: 'test' as const, index: -1 }
  await expect(inspect.look({ runId: 'x', subject })).rejects.toMatchObject(refused)
  await expect(
    inspect.readWeights({
      runId: 'x',
      subject: SUBJECT,
      epoch: 1,
      layer: 'a',
      from: 0,
      count: MAX_UNITS + 1,
    }),
  ).rejects.toMatchObject(refused)
  await expect(inspect.look({ runId: 'nowhere1', subject: SUBJECT })).rejects.toMatchObject({
    code: 'not-found',
  })
})
