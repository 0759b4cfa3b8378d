// Keys on a grid of images: where they move to and what they do.
import { type GridLayout, placeOfKey } from './grid-layout.ts'
import type { ImageSelection } from './image-selection.svelte.ts'

export interface GridKeyContext {
  readonly layout: GridLayout
  readonly list: Uint32Array
  readonly selection: ImageSelection
  readonly reveal: (place: number) => void
  readonly zoomBy: (steps: number) => void
  readonly open?: (image: number) => void
}

/** Whether the key meant something here. */
export function pressGridKey(event: KeyboardEvent, context: GridKeyContext): boolean {
  const { key, shiftKey, altKey } = event
  const { layout, list, selection, zoomBy } = context
  const isCommand = event.ctrlKey || event.metaKey
  if (altKey || list.length === 0) return false
  if (isCommand && key.toLowerCase() === 'a') {
    selection.set(list)
    return true
  }
  if (key === '+' || key === '=' || key === '-') {
    zoomBy(key === '-' ? -1 : 1)
    return true
  }
  const place = selection.active === null ? -1 : list.indexOf(selection.active)
  const target = placeOfKey(layout, key, place)
  if (target !== null) return moveTo(target, shiftKey, context)
  if (key === 'Escape' && selection.chosen.size > 0) {
    selection.clear()
    return true
  }
  const image = list[place]
  if (image === undefined || isCommand) return false
  if (key === ' ') selection.toggle(image)
  else if (key === 'Enter' && context.open !== undefined) context.open(image)
  else return false
  return true
}

function moveTo(place: number, extends_: boolean, { list, selection, reveal }: GridKeyContext): boolean {
  const image = list[place]
  if (image === undefined) return false
  if (extends_) selection.extendTo(image, list)
  else selection.activate(image)
  reveal(place)
  return true
}
