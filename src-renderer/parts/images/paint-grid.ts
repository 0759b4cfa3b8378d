// Draws the part of a grid that is in sight onto a canvas of the size of the view.
import type { ImageCaption } from './caption.ts'
import { type Box, cornerOf, type GridLayout, placesInSight } from './grid-layout.ts'
import { type ImageSheets, SHEET_COLUMNS, SHEET_SIZE } from './image-sheets.ts'

export interface GridScene {
  readonly layout: GridLayout
  readonly list: Uint32Array
  readonly sheets: ImageSheets
  /** How far the view is scrolled down. */
  readonly top: number
  readonly pixelRatio: number
  readonly chosen: ReadonlySet<number>
  readonly active: number | null
  /** Whether the keyboard is in the grid. */
  readonly isFocused: boolean
  /** The box that is being dragged, in the coordinates of the whole grid. */
  readonly box: Box | null
  readonly caption: ((image: number) => ImageCaption) | null
  readonly colour: (token: string) => string
  readonly font: string
}

/** The smallest tile that has room for text. */
export const LEAST_CAPTION_WIDTH = 50
const LINE = 14

/** Room for one line, or for two when there may be answers. */
export function captionHeight(width: number, hasCaptions: boolean, hasAnswers: boolean): number {
  if (!hasCaptions || width < LEAST_CAPTION_WIDTH) return 0
  return (hasAnswers ? 2 : 1) * LINE + 2
}

export function paintGrid(context: CanvasRenderingContext2D, scene: GridScene): void {
  const { layout, pixelRatio, top, list } = scene
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  context.imageSmoothingEnabled = false
  const { first, last } = placesInSight(layout, top)
  for (let place = first; place <= last; place++) {
    const image = list[place]
    if (image !== undefined) paintTile(context, scene, place, image)
  }
  if (scene.box !== null) paintBox(context, scene, scene.box)
}

function paintTile(context: CanvasRenderingContext2D, scene: GridScene, place: number, image: number): void {
  const { layout, sheets, pixelRatio, colour, caption } = scene
  const { width, height } = layout
  const corner = cornerOf(layout, place)
  const left = snap(corner.left, pixelRatio)
  const top = snap(corner.top - scene.top, pixelRatio)
  const picture = sheets.find(place)
  if (picture === null) {
    context.fillStyle = colour('--sunken')
    context.fillRect(left, top, width, height)
  } else {
    const at = place % SHEET_SIZE
    const from = {
      x: (at % SHEET_COLUMNS) * sheets.format.width,
      y: Math.floor(at / SHEET_COLUMNS) * sheets.format.height,
    }
    context.drawImage(
      picture,
      from.x,
      from.y,
      sheets.format.width,
      sheets.format.height,
      left,
      top,
      width,
      height,
    )
  }
  const said = caption === null ? null : caption(image)
  if (said !== null) paintCaption(context, scene, said, left, top)
  if (said?.answer?.isRight === false) paintWrong(context, scene, left, top)
  if (scene.chosen.has(image)) paintChosen(context, scene, left, top)
  if (scene.active !== image) return
  const tone = colour(scene.isFocused ? '--accent' : '--edge')
  paintRing(context, left - 2, top - 2, width + 4, height + 4, tone, 2)
}

/** Onto a whole device pixel, so that images stay crisp. */
function snap(value: number, pixelRatio: number): number {
  return Math.round(value * pixelRatio) / pixelRatio
}

function paintCaption(
  context: CanvasRenderingContext2D,
  { layout, colour, font }: GridScene,
  { label, answer }: ImageCaption,
  left: number,
  top: number,
): void {
  if (layout.caption === 0) return
  context.font = `11px ${font}`
  context.textBaseline = 'alphabetic'
  const base = top + layout.height + LINE - 2
  context.fillStyle = colour('--muted')
  context.fillText(fit(context, label, layout.width), left, base)
  if (answer === null) return
  context.fillStyle = colour(answer.isRight ? '--good' : '--bad')
  const text = `${answer.isRight ? '✓' : '✕'} ${answer.label}`
  context.fillText(fit(context, text, layout.width), left, base + LINE)
}

/** Widths of texts at one font; there are as many as classes. */
const fitted = new Map<string, string>()

/** The text, cut with an ellipsis where it is too wide. */
function fit(context: CanvasRenderingContext2D, text: string, width: number): string {
  const key = `${width} ${context.font} ${text}`
  const known = fitted.get(key)
  if (known !== undefined) return known
  let cut = text
  while (cut.length > 1 && context.measureText(cut).width > width)
    cut = `${cut.replace(/…$/, '').slice(0, -1)}…`
  if (fitted.size > 5000) fitted.clear()
  fitted.set(key, cut)
  return cut
}

/** A cross on a corner: to be told from a right answer without colours. */
function paintWrong(
  context: CanvasRenderingContext2D,
  { layout, colour }: GridScene,
  left: number,
  top: number,
): void {
  const size = Math.max(9, Math.min(18, Math.round(layout.width / 6)))
  const x = left + layout.width - size
  context.fillStyle = colour('--bad')
  context.fillRect(x, top, size, size)
  context.strokeStyle = colour('--surface')
  context.lineWidth = size / 7
  const inset = size * 0.28
  context.beginPath()
  context.moveTo(x + inset, top + inset)
  context.lineTo(x + size - inset, top + size - inset)
  context.moveTo(x + size - inset, top + inset)
  context.lineTo(x + inset, top + size - inset)
  context.stroke()
}

/** A frame and a tick. */
function paintChosen(
  context: CanvasRenderingContext2D,
  { layout, colour }: GridScene,
  left: number,
  top: number,
): void {
  const { width, height } = layout
  paintRing(context, left + 1, top + 1, width - 2, height - 2, colour('--accent'), 2)
  const size = Math.max(9, Math.min(16, Math.round(width / 6)))
  context.fillStyle = colour('--accent')
  context.fillRect(left, top, size, size)
  context.strokeStyle = colour('--on-accent')
  context.lineWidth = Math.max(1.2, size / 8)
  context.beginPath()
  context.moveTo(left + size * 0.22, top + size * 0.52)
  context.lineTo(left + size * 0.43, top + size * 0.74)
  context.lineTo(left + size * 0.8, top + size * 0.28)
  context.stroke()
}

function paintRing(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  colour: string,
  thickness: number,
): void {
  context.strokeStyle = colour
  context.lineWidth = thickness
  context.strokeRect(left, top, width, height)
}

function paintBox(context: CanvasRenderingContext2D, { top, colour }: GridScene, box: Box): void {
  const width = box.right - box.left
  const height = box.bottom - box.top
  context.globalAlpha = 0.16
  context.fillStyle = colour('--accent')
  context.fillRect(box.left, box.top - top, width, height)
  context.globalAlpha = 1
  paintRing(context, box.left + 0.5, box.top - top + 0.5, width, height, colour('--accent'), 1)
}
