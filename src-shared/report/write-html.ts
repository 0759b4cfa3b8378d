// A report as one HTML file that needs nothing else: no script, no address, its style inside. Print makes a PDF of it.
import { writeChart } from './chart-svg.ts'
import { escapeHtml } from './escape-html.ts'
import { REPORT_STYLE } from './report-style.ts'
import type { Report, ReportBlock, ReportTable } from './report.ts'

/** Whatever stands in a name is text: the file can load and run nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

export function writeHtml({ title, about, blocks }: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<ul class="about">${about.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>
${blocks.map(writeBlock).join('\n')}
</main>
</body>
</html>
`
}

function writeBlock(block: ReportBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escapeHtml(block.text)}</h2>`
    case 'text':
      return `<p>${block.title === undefined ? '' : `<strong>${escapeHtml(block.title)}.</strong> `}${escapeHtml(block.text)}</p>`
    case 'warning':
      return `<p class="warning">${escapeHtml(block.text)}</p>`
    case 'commands':
      return block.lines
        .map(
          ({ about, command }) =>
            `<p class="notes">${escapeHtml(about)}</p><pre>${escapeHtml(command)}</pre>`,
        )
        .join('\n')
    case 'table':
      return writeTable(block)
    case 'chart':
      return `<figure><figcaption>${escapeHtml(block.caption)}</figcaption>${writeChart(block)}</figure>`
    default:
      return block satisfies never
  }
}

/** The first cell of a row names it. */
function writeTable({ caption, columns, rows, notes = [] }: ReportTable): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('')
  const body = rows.map(([name = '', ...cells]) => {
    const others = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')
    return `<tr><th scope="row">${escapeHtml(name)}</th>${others}</tr>`
  })
  const below = notes.map((note) => `<p class="notes">${escapeHtml(note)}</p>`).join('')
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
  return `<figure><figcaption>${escapeHtml(caption)}</figcaption>${table}${below}</figure>`
}
