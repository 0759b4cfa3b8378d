// A chart as PNG: what the canvas shows, on the ground of the theme, with its title above and what its axis and its band
// are below, at twice the size.
import type { Chart } from 'chart.js'
import type { ChartTexts } from './chart-svg.ts'

const HEAD = 32
const FOOT = 20

export async function drawPng(
  chart: Chart<'line'>,
  { title, xLabel, stripe = null }: ChartTexts,
  colour: (token: string) => string,
): Promise<Blob> {
  const { canvas: source, width, height } = chart
  const scale = source.width / width
  const canvas = document.createElement('canvas')
  canvas.width = source.width
  canvas.height = source.height + (HEAD + FOOT) * scale
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser gives no canvas to draw on.')
  context.fillStyle = colour('--surface')
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = colour('--ink')
  context.font = `600 ${13 * scale}px 'Inter Variable', sans-serif`
  context.fillText(title, 8 * scale, 20 * scale, (width - 16) * scale)
  context.fillStyle = colour('--muted')
  context.font = `${11 * scale}px 'Inter Variable', sans-serif`
  const foot = (HEAD + height + 12) * scale
  if (stripe !== null) context.fillText(stripe.label, 8 * scale, foot, (width - 80) * scale)
  context.textAlign = 'right'
  context.fillText(xLabel, (width - 8) * scale, foot)
  context.drawImage(source, 0, HEAD * scale, width * scale, height * scale)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The chart could not be turned into a PNG.'))
      else resolve(blob)
    })
  })
}
