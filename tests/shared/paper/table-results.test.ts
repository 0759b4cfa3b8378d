import { describe, expect, it } from 'vitest'
import { writeMarkdown } from '#shared/paper/markdown.ts'
import type { PaperEvidence } from '#shared/paper/evidence.ts'
import { describeCollapse, describeReason, describeVerdict } from '#shared/paper/paper-words.ts'
import { buildTableResults, countVerdicts } from '#shared/paper/table-results.ts'
import { chooseTables, PAPER_TABLES } from '#shared/paper/tables.ts'
import { evidenceOf } from './sample-evidence.ts'

const CROSS_ENTROPY = 'II.cross-entropy' // printed test accuracy: 88.64 %, and no training figures

function build(evidence: readonly PaperEvidence[], reservation: string | null = null) {
  const [table] = buildTableResults(chooseTables(['II']), { evidence, timings: [], reservation })
  if (table === undefined) throw new Error('there is no Table II')
  return table
}

function rowOf(rowId: string, accuracies: readonly number[], reservation: string | null = null) {
  const evidence = accuracies.map((accuracy, index) => evidenceOf(rowId, 42 + index, accuracy))
  const found = build(evidence, reservation).rows.find(({ row }) => row.id === rowId)
  if (found === undefined) throw new Error(`there is no row ${rowId}`)
  return found
}

describe('the verdict of a row', () => {
  it('agrees up to 0.6 points and not above', () => {
    expect(rowOf(CROSS_ENTROPY, [0.8804]).verdict).toMatchObject({ kind: 'agrees', metric: 'testAccuracy' })
    expect(rowOf(CROSS_ENTROPY, [0.8924]).verdict.kind).toBe('agrees')
    expect(rowOf(CROSS_ENTROPY, [0.88035]).verdict.kind).toBe('differs')
  })

  it('is about the mean over seeds, with its interval', () => {
    const { cells, verdict } = rowOf(CROSS_ENTROPY, [0.88, 0.89, 0.9])
    expect(cells.testAccuracy.spread).toEqual({
      count: 3,
      mean: 0.89,
      deviation: expect.closeTo(0.01) as number,
    })
    expect(cells.testAccuracy.interval?.low).toBeCloseTo(0.89 - (4.302653 * 0.01) / Math.sqrt(3), 6)
    expect(cells.testAccuracy.difference).toBeCloseTo(0.0036)
    expect(verdict.kind).toBe('agrees')
  })

  it('says that seeds alone reach the printed figure, from three seeds on and with the figures', () => {
    const { verdict } = rowOf(CROSS_ENTROPY, [0.886, 0.875, 0.867])
    expect(describeVerdict(verdict)).toBe('within seeds: test accuracy −1.04 points')
    expect(describeReason(verdict)).toBe(
      'The printed figure is of one seed; seeds alone move ours from 86.70 to 88.60 %, over 3 of them. ' +
        'The same seed, 42, gives 88.60 %.',
    )
    expect(rowOf(CROSS_ENTROPY, [0.886, 0.873]).verdict.kind).toBe('differs')
    expect(rowOf(CROSS_ENTROPY, [0.8701, 0.87, 0.8699]).verdict.kind).toBe('differs')
  })

  it('gives the known reason of a row that differs', () => {
    const { verdict } = rowOf('II.multi-margin', [0.8567])
    expect(rowOf('II.nll', [0.91, 0.87, 0.89]).verdict.kind).toBe('differs') // though seeds would reach it
    expect(describeVerdict(verdict)).toBe('differs: test accuracy −14.00 points')
    expect(describeReason(verdict)).toContain('99.67 % cannot be')
  })

  it('is open without a run, and not compared where nothing is printed or the figures are of a smaller scope', () => {
    expect(rowOf(CROSS_ENTROPY, []).verdict).toEqual({ kind: 'open' })
    expect(rowOf('II.cross-entropy-10', [0.9]).verdict.kind).toBe('not-compared')
    const { verdict, cells } = rowOf(CROSS_ENTROPY, [0.8864], 'A quick version.')
    expect(verdict).toEqual({ kind: 'not-compared', reason: 'A quick version.' })
    expect(cells.testAccuracy.difference).toBeNull()
  })

  it('leaves seeds whose network died out of the mean, and says so', () => {
    const result = rowOf(CROSS_ENTROPY, [0.886, 0.885, 0.1, 0.887])
    expect(result.cells.testAccuracy.spread?.count).toBe(3)
    expect(result.verdict.kind).toBe('agrees')
    expect(describeCollapse(result)).toBe(
      'Seed 44 collapsed to a constant answer, 10 % of the test images, and is not in the mean: 1 of 4.',
    )
    const dead = rowOf(CROSS_ENTROPY, [0.1, 0.1])
    expect(dead.cells.testAccuracy.spread?.mean).toBeCloseTo(0.1)
    expect(describeCollapse(dead)).toBeNull()
  })

  it('is flagged when several engines computed it', () => {
    const evidence = [
      evidenceOf(CROSS_ENTROPY, 42, 0.88),
      { ...evidenceOf(CROSS_ENTROPY, 43, 0.88), engine: 'wasm' },
    ]
    expect(build(evidence as PaperEvidence[]).rows[0]?.engines).toEqual(['simd', 'wasm'])
  })
})

describe('a finding', () => {
  const shown = (...evidence: readonly PaperEvidence[]) => build(evidence).findings[0]?.shown
  const [nll, entropy] = ['II.nll', CROSS_ENTROPY]

  it('counts the seeds for which two rows are the same to the last digit', () => {
    expect(shown()).toBeNull()
    expect(shown(evidenceOf(nll, 42, 0.88))).toBeNull()
    expect(shown(evidenceOf(nll, 42, 0.88), evidenceOf(entropy, 42, 0.88))).toContain(
      'equal to the last digit, one seed',
    )
    expect(shown(evidenceOf(nll, 42, 0.88), evidenceOf(entropy, 42, 0.8801))).toContain('0 of 1 seeds')
  })

  it('says whether a paired difference over seeds is shown', () => {
    const build6 = (shift: readonly number[]) =>
      buildTableResults(chooseTables(['VI']), {
        evidence: shift.flatMap((by, index) => [
          evidenceOf('VI.max', 42 + index, 0.88),
          evidenceOf('VI.average', 42 + index, 0.88 + by),
        ]),
        ...{ timings: [], reservation: null },
      })[0]?.findings.at(-1)?.shown
    expect(build6([-0.01, -0.011, -0.012])).toMatch(
      /AvgPool2d minus MaxPool2d: −1\.10 points .+ 3 seeds .+: a difference is shown, at 5 % for this pair alone\.$/,
    )
    expect(build6([-0.01, 0.011, 0.001])).toContain('no difference is shown')
    expect(build6([0.01])).toContain('one pair has no spread to judge by')
    expect(build6([0.01, 0.01])).toContain('2 seeds, the very same for each: there is no spread to judge by')
  })
})

describe('a finding about networks that die', () => {
  it('counts them, and keeps them out of differences between settings', () => {
    const evidence = [
      ...[0.88, 0.1, 0.87].map((accuracy, index) => evidenceOf('V.0.1-3', 42 + index, accuracy)),
      ...[0.88, 0.1, 0.87].map((accuracy, index) => evidenceOf('VI.max', 42 + index, accuracy)),
      ...[0.87, 0.86, 0.861].map((accuracy, index) => evidenceOf('VI.average', 42 + index, accuracy)),
    ]
    const results = buildTableResults(PAPER_TABLES, { evidence, timings: [], reservation: null })
    const shown = results.flatMap(({ findings }) => findings.map((finding) => finding.shown ?? ''))
    expect(shown).toContain('In our runs of 0.1, 3 epochs, 1 of 3 seeds collapsed (43).')
    expect(shown.find((text) => text.includes('AvgPool2d minus MaxPool2d'))).toContain(
      '−0.95 points of test accuracy, 2 seeds, without 1 that collapsed',
    )
  })
})

describe('the tables', () => {
  it('count every row once', () => {
    const counts = countVerdicts(
      buildTableResults(PAPER_TABLES, { evidence: [], timings: [], reservation: null }),
    )
    expect(counts).toEqual({
      ...{ open: PAPER_TABLES.flatMap(({ rows }) => rows).length, 'not-compared': 0 },
      ...{ agrees: 0, 'within-seeds': 0, differs: 0 },
    })
  })

  it('take a time only from a run that was alone, and else say that it may not be quoted', () => {
    const [evidence] = [evidenceOf(CROSS_ENTROPY, 42, 0.88)]
    const timings = [{ rowId: CROSS_ENTROPY, runId: 'timed', seconds: 9.7 }]
    const seconds = (given: typeof timings) =>
      buildTableResults(chooseTables(['II']), { evidence: [evidence], timings: given, reservation: null })[0]
        ?.rows[0]?.seconds
    expect(seconds([])).toEqual({ printed: '133.081', ours: 3, isAlone: false })
    expect(seconds(timings)).toEqual({ printed: '133.081', ours: 9.7, isAlone: true })
  })

  it('are written as Markdown with as many cells in each row as in the header', () => {
    const evidence = [evidenceOf(CROSS_ENTROPY, 42, 0.8864)]
    const state = {
      dataset: { id: 'x', name: 'X', hash: 'a'.repeat(64), trainCount: 1, testCount: 1 },
      ...{ reservation: null, evidence, timings: [], missing: [] },
    }
    const text = writeMarkdown(buildTableResults(PAPER_TABLES, state), state)
    const lines = text.split('\n').filter((line) => line.startsWith('|'))
    expect(new Set(lines.map((line) => line.split('|').length))).toEqual(new Set([10]))
    expect(text).toContain('| **CrossEntropyLoss** | printed | – | – | 0.32341 | 88.64 % | 133.081 |  |')
    expect(text).toContain('agrees: test accuracy 0.00 points')
  })
})
