// What is drawn behind the lines of a chart: how far each may be from the truth, and a stripe that means something for
// the whole chart, such as what a test set cannot tell apart.
import type { Chart, Plugin } from 'chart.js'
import { colourOf, type Series } from './series.ts'

export interface Band {
  readonly x: number
  readonly low: number
  readonly high: number
}

/** A level stripe over the whole width. */
export interface Stripe {
  readonly low: number
  readonly high: number
  /** Stands below the chart, where no line crosses it. */
  readonly label: string
}

type Scales = Chart<'line'>['scales']

/** Corners of a band, there along its upper edge and back along its lower one; pixels. */
export function outlineBand(band: readonly Band[], { x, y }: Scales): readonly (readonly [number, number])[] {
  if (x === undefined || y === undefined) return []
  const corner = (at: number, value: number) => [x.getPixelForValue(at), y.getPixelForValue(value)] as const
  const upper = band.map(({ x: at, high }) => corner(at, high))
  const lower = band.toReversed().map(({ x: at, low }) => corner(at, low))
  return [...upper, ...lower]
}

/** @param read gives what is to be drawn now */
export function bandPlugin(
  read: () => {
    readonly series: readonly Series[]
    readonly stripe: Stripe | null
    readonly colour: (token: string) => string
  },
): Plugin<'line'> {
  return {
    id: 'bands',
    beforeDatasetsDraw({ ctx, chartArea: area, scales }) {
      const { series, stripe, colour } = read()
      const { y } = scales
      ctx.save()
      ctx.beginPath()
      ctx.rect(area.left, area.top, area.width, area.height)
      ctx.clip()
      if (stripe !== null && y !== undefined) {
        const top = y.getPixelForValue(stripe.high)
        const bottom = y.getPixelForValue(stripe.low)
        ctx.fillStyle = colour('--accent-ground')
        ctx.fillRect(area.left, top, area.width, bottom - top)
      }
      for (const one of series) {
        if (one.band === undefined) continue
        ctx.beginPath()
        for (const [left, top] of outlineBand(one.band, scales)) ctx.lineTo(left, top)
        ctx.closePath()
        ctx.fillStyle = fade(colour(colourOf(one.look)), one.isFaint === true ? 0.05 : 0.16)
        ctx.fill()
      }
      ctx.restore()
    },
  }
}

/** 'rgb(1, 2, 3)' at so much of its strength. */
export function fade(colour: string, strength = 0.33): string {
  return colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${strength})`)
}
