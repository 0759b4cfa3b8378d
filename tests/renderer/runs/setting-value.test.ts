import { expect, it } from 'vitest'
import { readSetting } from '#shared/command-line.ts'
import { completeExperiment } from '#shared/experiment.ts'
import { SETTINGS } from '#shared/settings.ts'
import { listChoices } from '../../../src-renderer/parts/setting-labels.ts'
import { writeSettingValue } from '../../../src-renderer/pages/runs/setting-value.ts'

it('a choice of an experiment is called in tables what the form calls it', () => {
  const experiment = completeExperiment({ dataset: 'fashion-mnist', model: { name: 'mlp' } }, 60_000)
  const chosen = SETTINGS.filter(({ value }) => value.kind === 'choice').flatMap((setting) => {
    const value = readSetting(experiment, setting)
    return value === undefined ? [] : [{ setting, value }]
  })
  expect(chosen.length).toBeGreaterThan(3)
  for (const { setting, value } of chosen) {
    const called = listChoices(setting)?.find((choice) => choice.value === value)?.label
    expect([setting.name, writeSettingValue(setting, value)]).toEqual([setting.name, called])
  }
})
