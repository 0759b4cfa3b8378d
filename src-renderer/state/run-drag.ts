// Runs that are dragged: their ids with commas between, under a type of their own, so that nothing else takes them for
// text.
export const RUN_DRAG = 'application/x-atelier-runs'

/** Empty where something else is dragged. */
export function readDraggedRuns(event: DragEvent): readonly string[] {
  const text = event.dataTransfer?.getData(RUN_DRAG) ?? ''
  return text === '' ? [] : text.split(',')
}
