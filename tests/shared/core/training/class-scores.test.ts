import { array, assert, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countConfusions, scoreClasses } from '#shared/core/training/class-scores.ts'

describe('a confusion matrix', () => {
  it('counts predictions in the columns of the true classes’ rows', () => {
    const truth = Uint8Array.of(0, 0, 0, 1, 2, 2)
    const predicted = Uint8Array.of(0, 1, 1, 1, 0, 2)
    expect(countConfusions(truth, predicted, 3)).toEqual([
      [1, 2, 0],
      [0, 1, 0],
      [1, 0, 1],
    ])
  })

  it.each([
    ['a true label', [3], [0]],
    ['a predicted label', [0], [3]],
    ['a missing prediction', [0], []],
  ])('refuses %s outside the classes', (_, truth, predicted) => {
    const count = () => countConfusions(Uint8Array.from(truth), Uint8Array.from(predicted), 3)
    expect(count).toThrow('image 0: a label lies outside the 3 classes')
  })
})

describe('class scores', () => {
  it('are precision, recall and their harmonic mean, and null where nothing can be shared out', () => {
    const matrix = [
      [3, 1, 0, 0], // recall 3/4; predicted 3 + 2 times: precision 3/5
      [2, 0, 0, 0], // never right
      [0, 0, 0, 0], // no images, never predicted
      [0, 0, 0, 5], // always right
    ]
    expect(scoreClasses(matrix)).toEqual([
      { precision: 3 / 5, recall: 3 / 4, f1: 6 / 9, support: 4 },
      { precision: 0, recall: 0, f1: 0, support: 2 },
      { precision: null, recall: null, f1: null, support: 0 },
      { precision: 1, recall: 1, f1: 1, support: 5 },
    ])
  })

  it('say when a class was never predicted, and when it has no images', () => {
    expect(
      scoreClasses([
        [0, 2],
        [0, 3],
      ]),
    ).toEqual([
      { precision: null, recall: 0, f1: 0, support: 2 },
      { precision: 3 / 5, recall: 1, f1: 6 / 8, support: 3 },
    ])
    expect(
      scoreClasses([
        [0, 0],
        [1, 1],
      ])[0],
    ).toEqual({ precision: 0, recall: null, f1: 0, support: 0 })
  })

  it('account for every image', () => {
    const label = integer({ min: 0, max: 4 })
    assert(
      property(array(tuple(label, label), { maxLength: 60 }), (pairs) => {
        const truth = Uint8Array.from(pairs, ([own]) => own)
        const matrix = countConfusions(
          truth,
          Uint8Array.from(pairs, ([, predicted]) => predicted),
          5,
        )
        const scores = scoreClasses(matrix)
        expect(scores.reduce((sum, { support }) => sum + support, 0)).toBe(pairs.length)
        const hits = pairs.filter(([own, predicted]) => own === predicted).length
        const recalled = scores.reduce((sum, { recall, support }) => sum + (recall ?? 0) * support, 0)
        expect(recalled).toBeCloseTo(hits, 9)
      }),
    )
  })
})
