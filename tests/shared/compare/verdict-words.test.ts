import { describe, expect, it } from 'vitest'
import {
  explainFloorOfMany,
  explainModelVerdict,
  explainSettingVerdict,
  nameVerdict,
  writeP,
  writePoints,
} from '#shared/compare/verdict-words.ts'
import {
  MODEL_REFUSALS,
  type ModelVerdict,
  SETTING_REFUSALS,
  type SettingVerdict,
} from '#shared/compare/verdict.ts'

const figures = { difference: 0.0058, low: 0.002, high: 0.0096, p: 0.0031, correctedP: 0.0155 } as const
const model: ModelVerdict = {
  ...{ state: 'judged', outcome: 'better', ...figures, isOtherEngine: false },
  ...{ images: 10_000, thisOnly: 220, baselineOnly: 162, midP: 0.0029 },
}
const setting: SettingVerdict = {
  ...{ state: 'judged', outcome: 'none', ...figures, isOtherEngine: true, method: 'paired', seeds: [3, 3] },
}

describe('the words of a verdict', () => {
  it('say that two models were compared, n, p and interval, and that settings are another matter', () => {
    const text = explainModelVerdict(model, 5)
    expect(nameVerdict(model)).toBe('better')
    expect(text).toContain('These two models: better, +0.58 points (95 % interval +0.20 to +0.96)')
    expect(text).toContain('220 right by this model alone, 162 by the baseline alone, of 10,000')
    expect(text).toContain('exact McNemar, two-sided, p = 0.003 (mid-p = 0.003), 0.015 after Holm')
    expect(text).toContain('for 5 comparisons, which the interval is without')
    expect(text).toContain('says nothing about the settings')
  })

  it('say that a setting was compared, over which seeds, and flag another engine', () => {
    const text = explainSettingVerdict(setting, 1)
    expect(nameVerdict(setting)).toBe('no difference shown')
    expect(text).toContain('This setting: no difference shown')
    expect(text).toContain("over the same 3 seeds, in pairs; Student's t, two-sided, p = 0.003")
    expect(text).not.toContain('Holm')
    expect(text).toContain('Other engines')
    expect(explainSettingVerdict({ ...setting, method: 'welch', seeds: [2, 4] }, 1)).toContain(
      'over 2 seeds against 4 others (Welch)',
    )
  })

  it('name a reason for every refusal, and never a claim', () => {
    for (const reason of MODEL_REFUSALS) {
      const refused = { state: 'refused', reason } as const
      expect(explainModelVerdict(refused, 0)).toMatch(/^These two models: .+\.$/)
      expect(nameVerdict(refused)).not.toMatch(/better|worse|difference/)
    }
    for (const reason of SETTING_REFUSALS) {
      const refused: SettingVerdict = { state: 'refused', reason, seeds: [1, 3] }
      expect(explainSettingVerdict(refused, 0)).toMatch(/^This setting: .+\.$/)
      expect(nameVerdict(refused)).not.toMatch(/better|worse|difference/)
    }
    const single: SettingVerdict = { state: 'refused', reason: 'single-seed', seeds: [1, 3] }
    expect(explainSettingVerdict(single, 0)).toContain('1 seed here and 3 seeds')
  })

  it('say that the noise floor is that of one comparison, where there are more', () => {
    expect(explainFloorOfMany(1)).toBe('')
    expect(explainFloorOfMany(6)).toBe(' That is for one comparison; 6 at once take more.')
  })

  it('write small p and signed points as people read them', () => {
    expect([0.00012, 0.0311, 1].map(writeP)).toEqual(['< 0.001', '0.031', '1'])
    expect([0.0058, -0.0518, 0, 0.00001].map((value) => writePoints(value))).toEqual([
      '+0.58',
      '−5.18',
      '0.00',
      '0.00',
    ])
  })
})
