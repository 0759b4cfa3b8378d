// From series to chart.js: looks, axes, the reading under the pointer, zoom. Imported by LineChart alone.
import type { ChartConfiguration, ChartDataset } from 'chart.js'
import { shortenTogether } from '../numbers.ts'
import { fade } from './bands.ts'
import { colourOf, dashOf, markerOf, rangeOf, type Point, type Series } from './series.ts'

export interface LineChartLook {
  readonly xLabel: string
  readonly yScale: 'linear' | 'logarithmic'
  readonly writeX: (value: number) => string
  readonly writeY: (value: number) => string
  readonly colour: (token: string) => string
  readonly onzoom: () => void
  /** The series under the pointer, or null. */
  readonly onpoint: (name: string | null) => void
}

const MARKERS_UP_TO = 60
const reducesMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

export function buildOptions(
  series: readonly Series[],
  look: LineChartLook,
): ChartConfiguration<'line', Point[]> {
  const { colour, writeX, writeY } = look
  const range = rangeOf(series)
  const grid = { color: colour('--line'), drawTicks: false }
  const ticks = { color: colour('--muted'), font: { family: 'Inter Variable', size: 11 }, padding: 6 }
  return {
    type: 'line',
    data: { datasets: series.map((one) => buildDataset(one, colour)) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      onHover: (_event, elements, chart) => {
        const [nearest] = elements
        const dataset = nearest === undefined ? undefined : chart.data.datasets[nearest.datasetIndex]
        look.onpoint(dataset?.label ?? null)
      },
      interaction: { mode: 'nearest', intersect: false, axis: 'xy' },
      layout: { padding: { top: 6, right: 8 } },
      scales: {
        x: {
          type: 'linear',
          ...range,
          grid: { ...grid, display: false },
          border: { color: colour('--line-strong') },
          ticks: {
            ...ticks,
            maxRotation: 0,
            // Whole epochs only, unless all is within the first.
            ...(range.max > 1 ? { precision: 0 } : {}),
            autoSkipPadding: 24,
            callback: (value) => writeX(Number(value)),
          },
        },
        y: {
          type: look.yScale,
          ...bandRange(series),
          grid,
          border: { display: false },
          ticks: {
            ...ticks,
            maxTicksLimit: 7,
            callback: (_value, index, all) => shortenTogether(all.map(({ value }) => writeY(value)))[index],
          },
        },
      },
      plugins: {
        legend: { display: false },
        decimation: { enabled: true, algorithm: 'min-max' },
        tooltip: {
          filter: ({ dataset }) => dataset.order !== 1,
          displayColors: false,
          backgroundColor: colour('--raised'),
          borderColor: colour('--line-strong'),
          borderWidth: 1,
          titleColor: colour('--muted'),
          bodyColor: colour('--ink'),
          titleFont: { family: 'Inter Variable', size: 11, weight: 500 },
          bodyFont: { family: 'Inter Variable', size: 12, weight: 600 },
          callbacks: {
            title: ([item]) => (item === undefined ? '' : `${look.xLabel} ${writeX(item.parsed.x ?? 0)}`),
            label: ({ dataset, parsed }) => `${dataset.label ?? ''}  ${writeY(parsed.y ?? 0)}`,
          },
        },
        zoom: {
          pan: { enabled: true, mode: 'x', modifierKey: 'shift', onPanComplete: look.onzoom },
          zoom: {
            drag: { enabled: true, backgroundColor: colour('--accent-ground'), threshold: 8 },
            wheel: { enabled: true, modifierKey: 'ctrl', speed: reducesMotion() ? 0.05 : 0.1 },
            mode: 'x',
            onZoomComplete: look.onzoom,
          },
        },
      },
    },
  }
}

/** Bands are part of what is to be seen. */
function bandRange(series: readonly Series[]): { suggestedMin?: number; suggestedMax?: number } {
  const edges = series.flatMap(({ band = [] }) => band.flatMap(({ low, high }) => [low, high]))
  if (edges.length === 0) return {}
  return { suggestedMin: Math.min(...edges), suggestedMax: Math.max(...edges) }
}

function buildDataset(series: Series, colour: (token: string) => string): ChartDataset<'line', Point[]> {
  const stroke = colour(colourOf(series.look))
  const isRaw = series.isRaw === true
  const isFaint = series.isFaint === true
  const hasMarkers = !isRaw && series.isDense !== true && series.points.length <= MARKERS_UP_TO
  return {
    label: series.name,
    data: [...series.points],
    borderColor: isRaw ? fade(stroke) : isFaint ? fade(stroke, 0.25) : stroke,
    backgroundColor: isFaint ? fade(stroke, 0.25) : stroke,
    borderWidth: isRaw ? 1 : 1.75,
    borderDash: isRaw ? [] : [...dashOf(series.look)],
    pointStyle: markerOf(series.look),
    pointRadius: hasMarkers ? 2.5 : 0,
    pointHoverRadius: isRaw ? 0 : 4.5,
    pointHitRadius: isRaw ? 0 : 12,
    // Whole markers at the first and the last epoch.
    clip: 5,
    tension: 0,
    // chart.js draws lower orders above higher ones.
    order: isRaw ? 1 : 0,
  }
}
