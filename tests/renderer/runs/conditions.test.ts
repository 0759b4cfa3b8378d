import { describe, expect, it } from 'vitest'
import { filterRuns, labelValue, searchRuns } from '../../../src-renderer/pages/runs/conditions.ts'
import { parseExpression } from '../../../src-renderer/pages/runs/expression.ts'
import { summarizeRun } from '../../../src-renderer/state/summarize-run.ts'
import { makeRuns } from '../fake-runs.ts'

const runs = makeRuns(400).map(summarizeRun)
const where = (text: string) => filterRuns(runs, parseExpression(text))

describe('conditions', () => {
  it('must all hold', () => {
    const found = where('model = tiny-vgg and learning-rate = 0.1')
    expect(found.length).toBeGreaterThan(0)
    expect(
      found.every(
        ({ experiment }) => experiment.model.name === 'tiny-vgg' && experiment.learningRate === 0.1,
      ),
    ).toBe(true)
  })

  it('compare shares in percent', () => {
    const found = where('test-accuracy >= 85 %')
    expect(found.length).toBeGreaterThan(0)
    for (const { evaluation } of found) {
      expect((evaluation?.metrics.correct ?? 0) / (evaluation?.metrics.count ?? 1)).toBeGreaterThanOrEqual(
        0.85,
      )
    }
    expect(where('test-accuracy >= 0.85')).toEqual(found)
  })

  it('leave out what has no value when compared, and find it as none', () => {
    expect(where('test-accuracy < 100 %').every(({ evaluation }) => evaluation !== null)).toBe(true)
    expect(where('test-accuracy = none').every(({ evaluation }) => evaluation === null)).toBe(true)
  })

  it('leave out the archive unless it is asked for', () => {
    expect(where('').some(({ archived }) => archived)).toBe(false)
    expect(where('archived = yes').every(({ archived }) => archived)).toBe(true)
    expect(where('archived = yes, no').length).toBe(runs.length)
  })

  it('need one of several values, whatever they are compared by', () => {
    const names = (text: string) => where(text).map(({ id }) => id)
    expect(where('model has vgg, linear').map(({ experiment }) => experiment.model.name)).toEqual(
      where('model != mlp').map(({ experiment }) => experiment.model.name),
    )
    expect(names('test-accuracy >= 85 %, 80 %')).toEqual(names('test-accuracy >= 80 %'))
    expect(names('test-accuracy < 80 %, 85 %')).toEqual(names('test-accuracy < 85 %'))
  })

  it('look for words that mean something elsewhere as text where they are to be contained', () => {
    expect(where('notes has none')).toEqual([])
    expect(where('notes has half the rate').length).toBeGreaterThan(0)
  })

  it('take what the form calls a choice as well as its short name', () => {
    const ids = (text: string) => where(text).map(({ id }) => id)
    expect(ids('model = mlp').length).toBeGreaterThan(0)
    expect(ids('model = ANN')).toEqual(ids('model = mlp'))
    expect(ids('model has tinyvgg, linear')).toEqual(ids('model != ann'))
    expect(ids('test-each-epoch = "Once, at the end"')).toEqual(ids('test-each-epoch = no'))
    expect(labelValue('model', 'mlp')).toBe('ANN')
    expect(labelValue('testEachEpoch', 'no')).toBe('Once, at the end')
    expect(labelValue('learningRate', '0.1')).toBe('0.1')
  })

  it('find one tag among several', () => {
    expect(where('tags = paper').every(({ tags }) => tags.includes('paper'))).toBe(true)
    expect(where('tags = paper').length).toBeGreaterThan(0)
  })
})

it('a search needs every word, wherever it stands', () => {
  const found = searchRuns(runs, 'SEED mlp')
  expect(found.length).toBeGreaterThan(0)
  expect(found.every(({ name }) => name.includes('mlp') && name.includes('seed'))).toBe(true)
  expect(searchRuns(runs, 'run-00007').map(({ id }) => id)).toEqual(['run-00007'])
})
