// A line chart as SVG text: axes with round numbers, a line for each series told apart by colour, dash and the name at
// its end, so that it reads in print without colour.
import { escapeHtml } from './escape-html.ts'
import type { ReportChart, ReportSeries } from './report.ts'

const WIDTH = 720
const HEIGHT = 300
const LEFT = 64
const RIGHT = 190
const TOP = 12
const BOTTOM = 40
/** Okabe and Ito's colours, which remain distinct to colour-blind readers. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#4d4d4d']
const DASHES = ['', '6 3', '2 3', '8 3 2 3']
const TICKS = 5
const LABEL_HEIGHT = 14

interface Scale {
  readonly low: number
  readonly high: number
  place(value: number): number
}

export function writeChart(chart: ReportChart): string {
  const points = chart.series.flatMap((series) => series.points)
  const x = scaleOf(
    points.map(([value]) => value),
    LEFT,
    WIDTH - RIGHT,
  )
  const y = scaleOf(
    points.map(([, value]) => value),
    HEIGHT - BOTTOM,
    TOP,
  )
  const parts = [
    ...axis(chart, x, y),
    ...chart.series.map((series, index) => line(series, index, x, y)),
    ...labels(chart.series, y),
  ]
  const name = escapeHtml(chart.caption)
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}">${parts.join('')}</svg>`
}

function scaleOf(values: readonly number[], from: number, to: number): Scale {
  const low = Math.min(...values)
  const spread = Math.max(...values) - low
  const high = low + (spread === 0 ? 1 : spread)
  return { low, high, place: (value) => from + ((value - low) / (high - low)) * (to - from) }
}

function axis({ xLabel, yLabel, format }: ReportChart, x: Scale, y: Scale): readonly string[] {
  const right = WIDTH - RIGHT
  const bottom = HEIGHT - BOTTOM
  const rows = ticks(y).map((value) => {
    const at = round(y.place(value))
    const text = format === 'percent' ? `${(value * 100).toFixed(1)} %` : value.toPrecision(3)
    return `<path class="grid" d="M${LEFT} ${at}H${right}"/><text x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${text}</text>`
  })
  const columns = [...new Set(ticks(x).map(Math.round))].map(
    (value) => `<text x="${round(x.place(value))}" y="${bottom + 16}" text-anchor="middle">${value}</text>`,
  )
  return [
    ...rows,
    ...columns,
    `<path class="axis" d="M${LEFT} ${TOP}V${bottom}H${right}"/>`,
    `<text x="${(LEFT + right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escapeHtml(xLabel)}</text>`,
    `<text x="${LEFT}" y="${TOP - 2}" text-anchor="start">${escapeHtml(yLabel)}</text>`,
  ]
}

function ticks({ low, high }: Scale): readonly number[] {
  return Array.from({ length: TICKS }, (_, index) => low + ((high - low) * index) / (TICKS - 1))
}

function line({ points }: ReportSeries, index: number, x: Scale, y: Scale): string {
  const path = points.map(([at, value]) => `${round(x.place(at))} ${round(y.place(value))}`).join('L')
  const dots =
    points.length === 1
      ? `<circle cx="${path.split(' ')[0] ?? ''}" cy="${path.split(' ')[1] ?? ''}" r="3" fill="${colour(index)}"/>`
      : ''
  return `<path class="line" stroke="${colour(index)}" stroke-dasharray="${dash(index)}" d="M${path}"/>${dots}`
}

/** Names at the ends of their lines, moved apart where they would lie on each other. */
function labels(series: readonly ReportSeries[], y: Scale): readonly string[] {
  const places = series
    .map(({ label, points }, index) => ({ label, index, at: y.place(points.at(-1)?.[1] ?? y.low) }))
    .sort((a, b) => a.at - b.at)
  let least = TOP + 4
  return places.map(({ label, index, at }) => {
    const here = Math.max(at + 4, least)
    least = here + LABEL_HEIGHT
    const text = label.length > 28 ? `${label.slice(0, 27)}…` : label
    return `<text class="name" x="${WIDTH - RIGHT + 8}" y="${round(here)}" fill="${colour(index)}">${escapeHtml(text)}</text>`
  })
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#000'
}

function dash(index: number): string {
  return DASHES[Math.floor(index / COLOURS.length) % DASHES.length] ?? ''
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
