// A report's table as LaTeX, with booktabs: `\usepackage{booktabs}` is all that it needs.
import type { ReportTable } from './report.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '±': '$\\pm$',
  '−': '$-$',
  '×': '$\\times$',
  '–': '--',
  '…': '\\dots{}',
}

export function writeLatexTable({ caption, columns, rows }: ReportTable): string {
  const lines = rows.map((row) => `${row.map(escapeLatex).join(' & ')} \\\\`)
  return [
    '\\begin{table}',
    '\\centering',
    `\\caption{${escapeLatex(caption)}}`,
    `\\begin{tabular}{${'l'.repeat(columns.length)}}`,
    '\\toprule',
    `${columns.map(escapeLatex).join(' & ')} \\\\`,
    '\\midrule',
    ...lines,
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n')
}

export function escapeLatex(text: string): string {
  return text
    .replaceAll(/[\\{}$&#_%~^<>±−×–…]/g, (letter) => ESCAPES[letter] ?? letter)
    .replaceAll(/\s+/g, ' ')
}
