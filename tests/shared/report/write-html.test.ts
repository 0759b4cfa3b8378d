import { describe, expect, it } from 'vitest'
import type { Report } from '#shared/report/report.ts'
import { writeHtml } from '#shared/report/write-html.ts'
import { escapeLatex, writeLatexTable } from '#shared/report/write-latex.ts'

const HOSTILE = '<img src=x onerror=alert(1)> & "quoted"'

function reportOf(text: string): Report {
  return {
    title: text,
    about: [text],
    blocks: [
      { kind: 'heading', text },
      { kind: 'text', title: text, text },
      { kind: 'warning', text },
      { kind: 'commands', lines: [{ about: text, command: text }] },
      { kind: 'table', caption: text, columns: [text], rows: [[text], [text]], notes: [text] },
      {
        kind: 'chart',
        ...{ caption: text, xLabel: text, yLabel: text, format: 'percent' },
        series: [
          { label: text, points: [[1, 0.8]] },
          { label: 'other', points: [1, 2, 3].map((epoch) => [epoch, 0.7 + epoch / 50] as const) },
        ],
      },
    ],
  }
}

describe('a report as HTML', () => {
  it('takes every name as text, wherever it stands', () => {
    const html = writeHtml(reportOf(HOSTILE))
    expect(html).not.toContain('<img')
    expect(html.split('&lt;img src=x onerror=alert(1)&gt;').length).toBeGreaterThan(12)
  })

  it('loads nothing: no script, no address, and a policy that forbids both', () => {
    const html = writeHtml(reportOf('plain'))
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(html).not.toMatch(/<script|<link|href=|src=|https?:/)
  })

  it('draws a line for each series, a dot where there is one epoch, and both names', () => {
    const html = writeHtml(reportOf('one'))
    expect(html.match(/class="line"/g)).toHaveLength(2)
    expect(html.match(/<circle/g)).toHaveLength(1)
    expect(html).not.toContain('NaN')
  })
})

describe("a report's table as LaTeX", () => {
  it('escapes what LaTeX would obey, and says ± and − as mathematics', () => {
    expect(escapeLatex('50 % of $x_1 {a} \\b ± −0.5 & #2 ~^')).toBe(
      '50 \\% of \\$x\\_1 \\{a\\} \\textbackslash{}b $\\pm$ $-$0.5 \\& \\#2 \\textasciitilde{}\\textasciicircum{}',
    )
  })

  it('has a column for each, and a line for each row', () => {
    const table = {
      kind: 'table',
      caption: 'Runs',
      columns: ['', 'a'],
      rows: [
        ['x', '1'],
        ['y', '2'],
      ],
    } as const
    const text = writeLatexTable(table)
    expect(text).toContain('\\begin{tabular}{ll}')
    expect(text).toContain('x & 1 \\\\\ny & 2 \\\\')
  })
})
