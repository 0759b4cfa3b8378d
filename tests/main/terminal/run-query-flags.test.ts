import { describe, expect, it } from 'vitest'
import { readQuery } from '#main/terminal/run-query-flags.ts'
import type { Arguments } from '#main/terminal/verb.ts'

function read(flags: Arguments['flags']) {
  return readQuery({ positionals: [], flags })
}

describe('a query', () => {
  it('without flags is for all runs, the newest first', () => {
    expect(read({})).toEqual({ filter: {}, sort: [{ by: 'createdAt', order: 'descending' }] })
  })

  it('has every condition that a flag gives', () => {
    const flags = {
      status: 'completed,failed',
      dataset: 'sketches',
      model: 'mlp',
      'learning-rate': '1e-3',
      'batch-size': '32',
      seed: '0',
      text: 'adam',
      starred: true,
      deleted: true,
      limit: '3',
    } as const
    expect(read(flags)).toMatchObject({
      filter: {
        status: ['completed', 'failed'],
        dataset: 'sketches',
        model: 'mlp',
        learningRate: 0.001,
        batchSize: 32,
        seed: 0,
        text: 'adam',
        starred: true,
        deleted: 'only',
      },
      limit: 3,
    })
  })

  it('sorts by several keys, each in its own order', () => {
    expect(read({ sort: 'model,-testAccuracy' }).sort).toEqual([
      { by: 'model', order: 'ascending' },
      { by: 'testAccuracy', order: 'descending' },
    ])
  })
})

describe('a refusal', () => {
  it.each<[Arguments['flags'], string | RegExp]>([
    [{ limit: 'abc' }, '--limit wants a number, found "abc".'],
    [{ limit: '' }, '--limit wants a number, found "".'],
    [{ limit: '0' }, /^--limit: .+ \(found 0\)\.$/],
    [{ 'batch-size': '1.5' }, /^--batch-size: .+ \(found 1\.5\)\.$/],
    [{ status: 'completed,done' }, /^--status: .+"interrupted".+ \(found "done"\)\.$/],
    [{ model: 'vgg' }, /^--model: .+"tiny-vgg".* \(found "vgg"\)\.$/],
    [{ sort: 'accuracy' }, '--sort cannot order by "accuracy". Possible: name, status,'],
    [{ sort: '' }, '--sort cannot order by "".'],
  ])('of %j names the flag and what it takes', (flags, sentence) => {
    expect(() => read(flags)).toThrow(sentence)
  })
})
