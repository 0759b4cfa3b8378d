import { expect, it } from 'vitest'
import { spreadOf } from '#shared/core/statistics/spread.ts'
import type { PaperCell } from '#shared/paper/table-results.ts'
import { judge } from '#shared/paper/verdict.ts'

const UNPRINTED: PaperCell = { printed: null, spread: null, interval: null, difference: null }

it('calls 0.6 points of one accuracy agreement also where another departs by what seeds may give', () => {
  // 0.006000000000000005 in binary, and no seed reaches it.
  const train = { ...UNPRINTED, difference: 0.8879 - 0.8819, spread: spreadOf([0.8879, 0.8879, 0.8879]) }
  const test = { ...UNPRINTED, difference: 0.0071, spread: spreadOf([0.86, 0.87, 0.88]) }
  const cells = { trainLoss: UNPRINTED, trainAccuracy: train, testLoss: UNPRINTED, testAccuracy: test }
  expect(judge(cells, null, [])).toMatchObject({ kind: 'within-seeds', metric: 'testAccuracy' })
  const further = { ...cells, trainAccuracy: { ...train, difference: 0.00601 } }
  expect(judge(further, null, [])).toMatchObject({ kind: 'differs' })
})
