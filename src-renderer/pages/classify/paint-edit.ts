// Draws marks over a photo so that they are seen on any: every edge is dark and light at once, and the two kinds of
// strokes differ by sign and by hatching, not by colour alone.
import type { CutOutEdit, CutOutStroke, PhotoPoint } from '#shared/preparation.ts'
import { type Box, HANDLES, placeOf } from './box-edit.ts'

const DARK = '#14141a'
const LIGHT = '#ffffff'
const INKS: Readonly<Record<CutOutStroke['kind'], string>> = { garment: '#2f6bff', background: '#e0661b' }
export const HANDLE_SIDE = 9
const BADGE_RADIUS = 8

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

export interface Size {
  readonly width: number
  readonly height: number
}

/** @param context drawn on in CSS pixels, `size` large */
export function paintEdit(
  context: Context,
  size: Size,
  { box, strokes = [] }: CutOutEdit,
  scale: number,
): void {
  if (strokes.length > 0) paintStrokes(context, size, strokes, scale)
  if (box !== undefined) paintBox(context, size, box)
}

/** On a layer of its own: a later stroke takes away what lies below it, as it does in the cut-out. */
function paintStrokes(context: Context, size: Size, strokes: readonly CutOutStroke[], scale: number): void {
  const layer = new OffscreenCanvas(Math.max(1, size.width * scale), Math.max(1, size.height * scale))
  const over = layer.getContext('2d')
  if (over === null) return
  over.scale(scale, scale)
  for (const stroke of strokes) paintStroke(over, size, stroke)
  for (const { kind, points } of strokes) {
    const [first] = points
    if (first !== undefined) paintBadge(over, toPixels(first, size), kind)
  }
  context.drawImage(layer, 0, 0, size.width, size.height)
}

function paintStroke(context: Context, size: Size, { kind, radius, points }: CutOutStroke): void {
  const width = Math.max(2, 2 * radius * Math.max(size.width, size.height))
  const line = (ink: string | CanvasPattern, lineWidth: number): void => {
    context.strokeStyle = ink
    context.lineWidth = lineWidth
    traceLine(context, points, size)
    context.stroke()
  }
  line(DARK, width + 4)
  line(LIGHT, width + 2)
  context.globalCompositeOperation = 'destination-out'
  line(DARK, width)
  context.globalCompositeOperation = 'source-over'
  context.globalAlpha = 0.35
  line(INKS[kind], width)
  if (kind === 'background') line(hatch(context) ?? INKS[kind], width)
  context.globalAlpha = 1
}

function traceLine(context: Context, points: readonly PhotoPoint[], size: Size): void {
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  points.forEach((point, index) => {
    const [x, y] = toPixels(point, size)
    if (index === 0) context.moveTo(x, y)
    context.lineTo(x, y)
  })
}

function hatch(context: Context): CanvasPattern | null {
  const tile = new OffscreenCanvas(8, 8)
  const on = tile.getContext('2d')
  if (on === null) return null
  on.strokeStyle = DARK
  on.lineWidth = 2
  on.beginPath()
  for (const at of [-8, 0, 8]) {
    on.moveTo(at, 8)
    on.lineTo(at + 8, 0)
  }
  on.stroke()
  return context.createPattern(tile, 'repeat')
}

/** + where the garment is, − where it is not. */
function paintBadge(context: Context, [x, y]: readonly [number, number], kind: CutOutStroke['kind']): void {
  context.beginPath()
  context.arc(x, y, BADGE_RADIUS, 0, 2 * Math.PI)
  context.fillStyle = LIGHT
  context.fill()
  context.strokeStyle = DARK
  context.lineWidth = 1.5
  context.stroke()
  context.lineWidth = 2
  context.beginPath()
  context.moveTo(x - 4, y)
  context.lineTo(x + 4, y)
  if (kind === 'garment') {
    context.moveTo(x, y - 4)
    context.lineTo(x, y + 4)
  }
  context.stroke()
}

function paintBox(context: Context, size: Size, box: Box): void {
  const [left, top] = toPixels([box.left, box.top], size)
  const [right, bottom] = toPixels([box.right, box.bottom], size)
  context.fillStyle = 'rgb(10 10 14 / 55%)'
  context.beginPath()
  context.rect(0, 0, size.width, size.height)
  context.rect(left, top, right - left, bottom - top)
  context.fill('evenodd')
  const edge = (ink: string, lineWidth: number, dashes: number[]): void => {
    context.strokeStyle = ink
    context.lineWidth = lineWidth
    context.setLineDash(dashes)
    context.strokeRect(left, top, right - left, bottom - top)
  }
  edge(DARK, 3, [])
  edge(LIGHT, 1.5, [6, 4])
  context.setLineDash([])
  for (const handle of HANDLES) paintHandle(context, toPixels(placeOf(box, handle), size))
}

function paintHandle(context: Context, [x, y]: readonly [number, number]): void {
  context.fillStyle = LIGHT
  context.strokeStyle = DARK
  context.lineWidth = 1.5
  context.beginPath()
  context.rect(x - HANDLE_SIDE / 2, y - HANDLE_SIDE / 2, HANDLE_SIDE, HANDLE_SIDE)
  context.fill()
  context.stroke()
}

/** The brush as it would draw, where there is one. */
export function paintBrush(context: Context, size: Size, point: PhotoPoint, radius: number): void {
  const [x, y] = toPixels(point, size)
  const reach = Math.max(2, radius * Math.max(size.width, size.height))
  for (const [ink, lineWidth] of [
    [DARK, 3],
    [LIGHT, 1.5],
  ] as const) {
    context.strokeStyle = ink
    context.lineWidth = lineWidth
    context.beginPath()
    context.arc(x, y, reach, 0, 2 * Math.PI)
    context.moveTo(x - 3, y)
    context.lineTo(x + 3, y)
    context.moveTo(x, y - 3)
    context.lineTo(x, y + 3)
    context.stroke()
  }
}

function toPixels([x, y]: PhotoPoint, { width, height }: Size): readonly [number, number] {
  return [x * width, y * height]
}
