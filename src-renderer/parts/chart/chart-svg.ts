// A line chart as SVG: the same axes and lines as on the canvas, as text and paths that a paper can use at any size.
import type { Chart } from 'chart.js'
import { fade, outlineBand, type Stripe } from './bands.ts'
import { colourOf, dashOf, type Series } from './series.ts'

const HEAD = 44

export interface ChartTexts {
  readonly title: string
  readonly xLabel: string
  readonly stripe?: Stripe | null
}

/** The view as it is now: zoomed where it is zoomed. */
export function drawSvg(
  chart: Chart<'line'>,
  series: readonly Series[],
  { title, xLabel, stripe = null }: ChartTexts,
  colour: (token: string) => string,
): string {
  const { width, height, chartArea: area, scales } = chart
  const { x, y } = scales
  if (x === undefined || y === undefined) throw new Error('the chart has no axes yet')
  const text = (at: number, top: number, words: string, anchor: string, fill = '--muted'): string =>
    `<text x="${round(at)}" y="${round(top)}" text-anchor="${anchor}" fill="${colour(fill)}">${escape(words)}</text>`
  const line = (x1: number, y1: number, x2: number, y2: number, stroke: string): string =>
    `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour(stroke)}"/>`
  const labelOf = (label: string | string[] | undefined): string =>
    Array.isArray(label) ? label.join(' ') : (label ?? '')
  const rows = y.ticks.flatMap(({ value, label }) => {
    const at = y.getPixelForValue(value)
    return [line(area.left, at, area.right, at, '--line'), text(area.left - 6, at + 4, labelOf(label), 'end')]
  })
  const columns = x.ticks.map(({ value, label }) =>
    text(x.getPixelForValue(value), area.bottom + 16, labelOf(label), 'middle'),
  )
  const behind = series.flatMap(({ band, look }) => {
    if (band === undefined) return []
    const corners = outlineBand(band, scales).map((corner) => corner.map(round).join(','))
    return [`<polygon points="${corners.join(' ')}" fill="${fade(colour(colourOf(look)), 0.16)}"/>`]
  })
  if (stripe !== null) {
    const [top, bottom] = [y.getPixelForValue(stripe.high), y.getPixelForValue(stripe.low)]
    const rect = `<rect x="${round(area.left)}" y="${round(top)}" width="${round(area.width)}" height="${round(bottom - top)}" fill="${colour('--accent-ground')}"/>`
    behind.unshift(rect)
  }
  const paths = series
    .toSorted((one) => (one.isRaw === true ? -1 : 1))
    .map((one) => {
      const stroke = colour(colourOf(one.look))
      const points = one.points.map(
        (point) => `${round(x.getPixelForValue(point.x))},${round(y.getPixelForValue(point.y))}`,
      )
      const isRaw = one.isRaw === true
      const dash = isRaw ? '' : dashOf(one.look).join(' ')
      return `<polyline points="${points.join(' ')}" fill="none" stroke="${isRaw ? fade(stroke) : stroke}" stroke-width="${isRaw ? 1 : 1.75}" stroke-dasharray="${dash}"/>`
    })
  let at = 0
  const legend = series
    .filter(({ isRaw }) => isRaw !== true)
    .map((one) => {
      const stroke = colour(colourOf(one.look))
      const dash = dashOf(one.look).join(' ')
      const entry = `<line x1="${at}" y1="-10" x2="${at + 24}" y2="-10" stroke="${stroke}" stroke-width="1.75" stroke-dasharray="${dash}"/>${text(at + 30, -6, one.name, 'start', '--ink')}`
      at += 46 + one.name.length * 6.5
      return entry
    })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + HEAD}" viewBox="0 ${-HEAD} ${width} ${height + HEAD}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="11">
<title>${escape(title)}</title>
<rect y="${-HEAD}" width="${width}" height="${height + HEAD}" fill="${colour('--surface')}"/>
<text x="0" y="-28" font-size="13" font-weight="600" fill="${colour('--ink')}">${escape(title)}</text>
${legend.join('\n')}
${rows.join('\n')}
${columns.join('\n')}
${stripe === null ? '' : text(area.left, area.bottom + 28, stripe.label, 'start')}
${text(area.right, area.bottom + 28, xLabel, 'end')}
<clipPath id="area"><rect x="${round(area.left)}" y="${round(area.top)}" width="${round(area.width)}" height="${round(area.height)}"/></clipPath>
<g clip-path="url(#area)">${behind.join('\n')}
${paths.join('\n')}</g>
</svg>
`
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
