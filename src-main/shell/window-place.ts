// Where the window goes: where it was on the display on which it was last, and always on a screen that is there.
import type { Rectangle } from 'electron'
import { z } from 'zod'
import type { ShellScreen } from './electron.ts'
import { SMALLEST } from './window-options.ts'

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  isMaximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof placeSchema>

/** A place for each display that was used, and the display that was used last. */
export const windowPlacesSchema = z.object({ last: z.string(), displays: z.record(z.string(), placeSchema) })
export type WindowPlaces = z.infer<typeof windowPlacesSchema>

const USUAL = { width: 1440, height: 900 }

/** @param places what is remembered, or null */
export function choosePlace(screen: ShellScreen, places: WindowPlaces | null): WindowPlace {
  const displays = screen.getAllDisplays()
  const display = displays.find(({ id }) => String(id) === places?.last) ?? screen.getPrimaryDisplay()
  const remembered = places?.displays[String(display.id)]
  if (remembered === undefined) return { ...centre(display.workArea), isMaximized: false }
  return { ...fitInto(remembered, display.workArea), isMaximized: remembered.isMaximized }
}

/** @param place of the window that is about to close */
export function rememberPlace(
  screen: ShellScreen,
  places: WindowPlaces | null,
  place: WindowPlace,
): WindowPlaces {
  const last = String(screen.getDisplayMatching(place).id)
  return { last, displays: { ...places?.displays, [last]: place } }
}

/** Moves and shrinks a window until it lies within the area; it stays usable where the area allows that. */
export function fitInto(window: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(Math.max(window.width, SMALLEST.width), area.width)
  const height = Math.min(Math.max(window.height, SMALLEST.height), area.height)
  return {
    x: clamp(window.x, area.x, area.x + area.width - width),
    y: clamp(window.y, area.y, area.y + area.height - height),
    width,
    height,
  }
}

function centre(area: Rectangle): Rectangle {
  const width = Math.min(USUAL.width, area.width)
  const height = Math.min(USUAL.height, area.height)
  const x = area.x + Math.floor((area.width - width) / 2)
  const y = area.y + Math.floor((area.height - height) / 2)
  return { x, y, width, height }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
