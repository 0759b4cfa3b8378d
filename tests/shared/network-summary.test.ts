import { expect, it } from 'vitest'
import { modelSettings } from '#shared/experiment.ts'
import { summarizeNetwork } from '#shared/network-summary.ts'

it.each([
  [0.07, '7 % set to zero while training'],
  [0.29, '29 % set to zero while training'],
  [0.55, '55 % set to zero while training'],
  [0.125, '12.5 % set to zero while training'],
])('says of dropout %d that %s', (dropout, expected) => {
  const model = modelSettings.parse({ name: 'mlp', dropout })
  const { stages } = summarizeNetwork(model, { height: 8, width: 8, channels: 1, classes: 3 })
  expect(stages.map(({ description }) => description)).toContain(expected)
})
