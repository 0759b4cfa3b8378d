import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { spreadOf } from '#shared/core/statistics/spread.ts'
import { PAPER_FIGURES, SAME_TRAINING_ACCURACIES } from '#shared/paper/printed-figures.ts'
import { PAPER_TABLES, rowsOf } from '#shared/paper/tables.ts'

const FILE = resolve(import.meta.dirname, '../../../../shared/paper/tables.csv')
const isHere = existsSync(FILE)
const NEEDS_FILE = isHere ? '' : ' (skipped: ../shared/paper/tables.csv is not on this machine)'

/** The file's names of values and metrics, as our ids and fields. */
const VALUES: Readonly<Record<string, string>> = {
  SGD: 'sgd',
  Adam: 'adam',
  CrossEntropyLoss: 'cross-entropy',
  MultiMarginLoss: 'multi-margin',
  NLLLoss: 'nll',
  MaxPool2d: 'max',
  AvgPool2d: 'average',
}
const METRICS: Readonly<Record<string, string>> = {
  train_loss: 'trainLoss',
  train_accuracy_pct: 'trainAccuracy',
  test_loss: 'testLoss',
  test_accuracy_pct: 'testAccuracy',
  model_loss: 'testLoss',
  model_accuracy_pct: 'testAccuracy',
  time_s: 'seconds',
}

function readFile(): string[] {
  const [, ...lines] = readFileSync(FILE, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [table = '', , value = '', metric = '', reported = ''] = line.trim().split(',')
    return `${table}.${VALUES[value] ?? value} ${METRICS[metric] ?? metric} ${reported}`
  })
}

describe('the printed figures', () => {
  it.skipIf(!isHere)(`are those of the paper, all 74 and digit for digit${NEEDS_FILE}`, () => {
    const ours = Object.entries(PAPER_FIGURES).flatMap(([id, figures]) =>
      Object.entries(figures).map(([metric, text]) => `${id} ${metric} ${text}`),
    )
    expect(ours.toSorted()).toEqual(readFile().toSorted())
    expect(ours).toHaveLength(74)
  })

  it('stand in the plan’s rows under the same ids', () => {
    const rows = rowsOf(PAPER_TABLES).filter(({ kind }) => kind === 'paper')
    expect(Object.fromEntries(rows.map(({ id, printed }) => [id, printed]))).toEqual(PAPER_FIGURES)
  })

  it('of one and the same training lie 0.28 points apart', () => {
    expect(spreadOf(SAME_TRAINING_ACCURACIES)?.deviation).toBeCloseTo(0.28, 2)
  })
})
