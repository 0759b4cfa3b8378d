import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '#shared/compare/judge.ts'
import type { ModelVerdict, SettingVerdict, Verdicts } from '#shared/compare/verdict.ts'
import { marks, subject } from './subjects.ts'

const modelOf = (verdicts: Verdicts, runId: string): ModelVerdict => {
  const found = verdicts.models.find((one) => one.runId === runId)
  if (found === undefined) throw new Error(`no verdict on ${runId}`)
  return found.verdict
}
const settingOf = (verdicts: Verdicts, runId: string): SettingVerdict => {
  const found = verdicts.settings.find(({ runIds }) => runIds.includes(runId))
  if (found === undefined) throw new Error(`no verdict on the setting of ${runId}`)
  return found.verdict
}
const adam = { optimizer: { name: 'adam' } } as const

describe('two models on the same images', () => {
  it('shows no difference where both are right on the same images', () => {
    const verdicts = judge(
      [subject({ id: 'a', right: marks(900) }), subject({ id: 'b', right: marks(900) })],
      'a',
    )
    expect(modelOf(verdicts, 'b')).toMatchObject({ outcome: 'none', p: 1, difference: 0, thisOnly: 0 })
  })

  it('shows five images as no difference and six as one', () => {
    const five = judge(
      [subject({ id: 'a', right: marks(900) }), subject({ id: 'b', right: marks(905) })],
      'a',
    )
    expect(modelOf(five, 'b')).toMatchObject({ outcome: 'none', p: 0.0625 })
    const six = judge([subject({ id: 'a', right: marks(900) }), subject({ id: 'b', right: marks(906) })], 'a')
    expect(modelOf(six, 'b')).toMatchObject({ outcome: 'better', p: 0.03125, images: 1000 })
    const against = judge(
      [subject({ id: 'a', right: marks(906) }), subject({ id: 'b', right: marks(900) })],
      'a',
    )
    expect(modelOf(against, 'b')).toMatchObject({ outcome: 'worse', p: 0.03125, baselineOnly: 6 })
  })

  it('shows no difference in accuracies that are apart but whose images are many', () => {
    const verdicts = judge(
      [subject({ id: 'a', right: marks(900) }), subject({ id: 'b', right: marks(910, 100) })],
      'a',
    )
    expect(modelOf(verdicts, 'b')).toMatchObject({ outcome: 'none', difference: 0.01 })
  })

  it('is corrected for all verdicts of the comparison together', () => {
    const others = Array.from({ length: 4 }, (_, index) =>
      subject({ id: `b${index}`, seed: index + 2, right: marks(906) }),
    )
    const verdicts = judge([subject({ id: 'a', right: marks(900) }), ...others], 'a')
    expect(verdicts.modelCount).toBe(4)
    for (const { verdict } of verdicts.models) {
      expect(verdict).toMatchObject({ outcome: 'none', p: 0.03125, correctedP: 0.125 })
    }
  })

  it.each([
    ['other-data', { hash: 'other' }],
    ['not-evaluated', { right: null }],
    ['other-images', { right: marks(900, 0, 2000) }],
    ['no-answers', { right: null, test: { correct: 900, count: 1000 } }],
    ['other-images', { right: marks(90, 0, 500), test: { correct: 900, count: 1000 } }],
  ] as const)('is refused as %s, and refusals are not corrected for', (reason, changed) => {
    const verdicts = judge(
      [
        subject({ id: 'a', right: marks(900) }),
        subject({ id: 'b', right: marks(950), ...changed }),
        subject({ id: 'c', seed: 2, right: marks(906) }),
      ],
      'a',
    )
    expect(modelOf(verdicts, 'b')).toEqual({ state: 'refused', reason })
    expect(modelOf(verdicts, 'c')).toMatchObject({ outcome: 'better', correctedP: 0.03125 })
    expect(verdicts.modelCount).toBe(1)
  })

  it('flags another engine and judges all the same', () => {
    const verdicts = judge(
      [subject({ id: 'a', right: marks(900) }), subject({ id: 'b', engine: 'wasm', right: marks(940) })],
      'a',
    )
    expect(modelOf(verdicts, 'b')).toMatchObject({ outcome: 'better', isOtherEngine: true })
  })

  it('says the opposite when the baseline changes, whatever the marks are', () => {
    const list = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(list, list, (one, other) => {
        const pair = [one, other].map((values, index) =>
          subject({ id: String(index), right: Uint8Array.from(values, Number) }),
        )
        const there = modelOf(judge(pair, '0'), '1')
        const back = modelOf(judge(pair, '1'), '0')
        if (there.state === 'refused' || back.state === 'refused') throw new Error('both were evaluated')
        expect(there.p).toBe(back.p)
        expect(there.difference).toBeCloseTo(-back.difference, 12)
        const opposite = { better: 'worse', worse: 'better', none: 'none' } as const
        expect(there.outcome).toBe(opposite[back.outcome])
      }),
    )
  })
})

describe('two settings over seeds', () => {
  const seeds = (name: string, corrects: readonly number[], settings = {}, from = 1) =>
    corrects.map((correct, index) =>
      subject({ id: `${name}${index}`, seed: from + index, settings, right: marks(correct) }),
    )

  it('compares shared seeds in pairs', () => {
    const verdicts = judge([...seeds('a', [900, 890, 905]), ...seeds('b', [930, 922, 934], adam)], 'a0')
    expect(settingOf(verdicts, 'b1')).toMatchObject({ outcome: 'better', method: 'paired', seeds: [3, 3] })
    expect(verdicts.settings.map(({ runIds }) => runIds.length)).toEqual([3, 3])
  })

  it('shows no difference where the seeds scatter more than the settings, though single models differ', () => {
    const verdicts = judge([...seeds('a', [900, 860, 905]), ...seeds('b', [930, 850, 900], adam)], 'a0')
    expect(settingOf(verdicts, 'b0')).toMatchObject({ outcome: 'none', method: 'paired' })
    expect(modelOf(verdicts, 'b0')).toMatchObject({ outcome: 'better' })
  })

  it('takes Welch where the seeds differ', () => {
    const verdicts = judge([...seeds('a', [900, 890, 905]), ...seeds('b', [930, 922], adam, 7)], 'a0')
    expect(settingOf(verdicts, 'b0')).toMatchObject({ method: 'welch', seeds: [2, 3] })
  })

  it.each([
    [[900], [990]],
    [[900, 890], [990]],
    [[900], [990, 980]],
  ])('never speaks of a setting after a single seed: %j against %j', (own, other) => {
    const verdicts = judge([...seeds('a', own), ...seeds('b', other, adam)], 'a0')
    expect(settingOf(verdicts, 'b0')).toEqual({
      state: 'refused',
      reason: 'single-seed',
      seeds: [other.length, own.length],
    })
    expect(modelOf(verdicts, 'b0')).toMatchObject({ outcome: 'better' })
    expect(verdicts.settingCount).toBe(0)
  })

  it('counts a seed once, however often it was trained', () => {
    const twice = [0, 1].map((index) => subject({ id: `b${index}`, settings: adam, right: marks(990) }))
    const verdicts = judge([...seeds('a', [900, 890]), ...twice], 'a0')
    expect(settingOf(verdicts, 'b1')).toMatchObject({
      state: 'refused',
      reason: 'single-seed',
      seeds: [1, 2],
    })
  })

  it('calls runs that differ in nothing but the seed the same setting', () => {
    const verdicts = judge(seeds('a', [900, 990, 905]), 'a0')
    expect(verdicts.settings).toHaveLength(1)
    expect(settingOf(verdicts, 'a1')).toMatchObject({ state: 'refused', reason: 'same-setting' })
  })

  it('never takes adaptations for one setting: each starts from weights and photos of its own', () => {
    const adapted = seeds('b', [930, 922, 941]).map((one, index) => {
      const adaptation = {
        parentRunId: `parent${index}`,
        parentEpoch: 8,
        photos: '0'.repeat(16),
        photoCount: 40,
      }
      return { ...one, experiment: { ...one.experiment, adaptation } }
    })
    const verdicts = judge([...seeds('a', [900, 890, 911]), ...adapted], 'a0')
    expect(verdicts.settings).toHaveLength(4)
    expect(settingOf(verdicts, 'b1')).toMatchObject({
      state: 'refused',
      reason: 'single-seed',
      seeds: [1, 3],
    })
  })

  it('refuses other data, other test images, settings without an evaluation and those without spread', () => {
    const other = seeds('b', [930, 922]).map((one) => ({ ...one, datasetHash: 'other' }))
    expect(settingOf(judge([...seeds('a', [900, 890]), ...other], 'a0'), 'b0')).toMatchObject({
      reason: 'other-data',
    })
    const larger = seeds('b', [930, 922], adam).map((one) => ({
      ...one,
      test: { correct: 930, count: 2000 },
    }))
    expect(settingOf(judge([...seeds('a', [900, 890]), ...larger], 'a0'), 'b0')).toMatchObject({
      reason: 'other-images',
    })
    const unfinished = seeds('b', [930, 922], adam).map((one) => ({ ...one, test: null, right: null }))
    expect(settingOf(judge([...seeds('a', [900, 890]), ...unfinished], 'a0'), 'b0')).toMatchObject({
      reason: 'not-evaluated',
    })
    expect(
      settingOf(judge([...seeds('a', [900, 890]), ...seeds('b', [930, 920], adam)], 'a0'), 'b0'),
    ).toMatchObject({ reason: 'no-spread' })
  })

  it('is the same setting under another name of the same data', () => {
    const renamed = seeds('b', [930, 922], { dataset: 'copy-of-sketches' }, 5)
    const verdicts = judge([...seeds('a', [900, 890]), ...renamed], 'a0')
    expect(settingOf(verdicts, 'b0')).toMatchObject({ reason: 'same-setting', seeds: [4, 4] })
  })
})

describe('the noise floor of a comparison', () => {
  it('is that of the median pair', () => {
    const verdicts = judge(
      [
        subject({ id: 'a', right: marks(900) }),
        subject({ id: 'b', right: marks(900, 50) }),
        subject({ id: 'c', right: marks(900, 10) }),
        subject({ id: 'd', right: marks(900, 100) }),
      ],
      'a',
    )
    expect(verdicts.noiseFloor).toMatchObject({ images: 1000, disagreements: 100, isAssumed: false })
    expect(verdicts.noiseFloor?.difference).toBeCloseTo(0.022, 6)
  })

  it('is assumed where nothing could be paired, and missing without an evaluation', () => {
    expect(judge([subject({ id: 'a', right: marks(900) })], 'a').noiseFloor).toMatchObject({
      isAssumed: true,
    })
    expect(judge([subject({ id: 'a' })], 'a').noiseFloor).toBeNull()
  })

  it('needs its baseline to be among the runs', () => {
    expect(() => judge([subject({ id: 'a' })], 'b')).toThrow('b is not compared')
  })
})
