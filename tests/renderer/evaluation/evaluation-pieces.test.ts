import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countConfusions, scoreClasses } from '#shared/core/training/class-scores.ts'
import {
  type AnsweredImages,
  listAnswered,
  listBothWrong,
  measureCalibration,
  rankMistakes,
} from '../../../src-renderer/pages/evaluation/answered-split.ts'
import { listClassRows, sortClassRows } from '../../../src-renderer/pages/evaluation/class-rows.ts'
import { EvaluationAddresses } from '../../../src-renderer/pages/evaluation/evaluation-addresses.ts'
import { moveInMatrix, shareCells } from '../../../src-renderer/parts/confusion-cells.ts'
import { readFilter } from '../../../src-renderer/state/image-address.ts'
import { readParameters } from '../../../src-renderer/state/place.ts'

/** Three training images, of which the second was held out, and four test images. */
const ANSWERED: AnsweredImages = {
  trainCount: 3,
  labels: Uint8Array.from([0, 1, 0, 0, 1, 1, 0]),
  classes: Uint8Array.from([0, 0, 0, 0, 0, 1, 1]),
  probabilities: Float32Array.from([NaN, 0.75, NaN, 0.5, 0.625, 0.75, 0.875]),
}

describe('the answers of a run on a split', () => {
  it('are those of the held out training images, or of the test images', () => {
    expect(listAnswered(ANSWERED, 'validation')).toEqual([1])
    expect(listAnswered(ANSWERED, 'test')).toEqual([3, 4, 5, 6])
  })

  it('are mistakes where they are wrong, the surest first', () => {
    expect(rankMistakes(ANSWERED, 'test')).toEqual([6, 4])
    expect(rankMistakes(ANSWERED, 'validation')).toEqual([1])
  })

  it('are as far from their confidence as every image of the split says', () => {
    const { bins } = measureCalibration(ANSWERED, 'test')
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(4)
    expect(bins.find(({ high }) => Math.abs(high - 8 / 15) < 1e-9)).toMatchObject({ count: 1, accuracy: 1 })
  })

  it('are both wrong where neither run named the class, be it that they named different ones', () => {
    const other = { ...ANSWERED, classes: Uint8Array.from([0, 0, 0, 1, 2, 1, 0]) }
    expect(listBothWrong(ANSWERED, other)).toEqual([4])
  })
})

describe('the rows of the classes', () => {
  const matrix = [
    [9, 1, 0],
    [4, 6, 0],
    [0, 3, 0],
  ]
  const rows = listClassRows(['a', 'b', 'c'], matrix, scoreClasses(matrix))
  const order = (...wishes: [Parameters<typeof sortClassRows>[1], boolean]): string =>
    sortClassRows(rows, ...wishes)
      .map(({ name }) => name)
      .join('')

  it('sort by every column, and a score of nothing comes last both ways', () => {
    expect([order('class', false), order('class', true)]).toEqual(['abc', 'cba'])
    expect([order('recall', false), order('recall', true)]).toEqual(['cba', 'abc'])
    expect([order('precision', false), order('precision', true)]).toEqual(['bac', 'abc'])
    expect(order('support', true)).toBe('abc')
  })
})

describe('a matrix of confusions', () => {
  it('is never left by an arrow key, and other keys lead nowhere', () => {
    const keys = fc.array(fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'))
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 12 }), (presses, size) => {
        let place: readonly [number, number] = [0, 0]
        for (const key of presses) place = moveInMatrix(key, place, size) ?? [-1, -1]
        expect(place.every((at) => at >= 0 && at < size)).toBe(true)
      }),
    )
    expect(moveInMatrix('Enter', [0, 0], 3)).toBeNull()
  })

  it('without what is right is shaded up to its largest mistake', () => {
    const truth = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    const answers = truth.map((label, image) => (image === 0 ? 1 : image > 17 ? 0 : label))
    const matrix = countConfusions(truth, answers, 2)
    const strengthOf = (hidden: boolean) => shareCells(matrix, 'row', hidden)[1]?.[0]?.strength ?? 0
    expect(strengthOf(true)).toBeCloseTo(0.9, 6)
    expect(strengthOf(true)).toBeGreaterThan(strengthOf(false))
    expect(shareCells(matrix, 'row', true)[0]?.[0]).toMatchObject({ isHidden: true, strength: 0 })
  })
})

describe('the addresses of an evaluation', () => {
  const ofTest = new EvaluationAddresses('fashion mnist', 'r1', 'test')

  it('say the cell, of test images and of the held out ones among the training images', () => {
    expect(ofTest.cell(6, 0)).toBe('#/datasets/fashion%20mnist?split=test&class=6&run=r1&answer=0')
    const ofValidation = new EvaluationAddresses('sketches', 'r1', 'validation')
    expect(ofValidation.cell(6, 0)).toBe('#/datasets/sketches?split=train&class=6&run=r1&answer=0')
  })

  it.each([
    ['only this one right', ofTest.onlyThis('r2'), { runId: 'r1', outcome: 'right', differsFrom: 'r2' }],
    ['only the other right', ofTest.onlyOther('r2'), { runId: 'r2', outcome: 'right', differsFrom: 'r1' }],
    ['answered differently', ofTest.differing('r2'), { runId: 'r1', outcome: null, differsFrom: 'r2' }],
    ['a bin of confidence', ofTest.confident(14 / 15, 1), { confidence: [14 / 15, 1] }],
  ])('are read back by the page of the dataset: %s', (_, address, prediction) => {
    expect(readFilter(readParameters(address))).toMatchObject({ splits: ['test'], prediction })
  })
})
