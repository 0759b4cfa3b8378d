// What was drawn, step by step, so that every step can be undone and done again. A gesture (one drag, one stroke, keys
// pressed one after the other) is one step, however many changes it makes.
import type { CutOutEdit } from '#shared/preparation.ts'

export interface EditHistory {
  readonly past: readonly CutOutEdit[]
  readonly present: CutOutEdit
  /** The next one to do again comes first. */
  readonly future: readonly CutOutEdit[]
  /** Of the newest change; null when no change may join it. */
  readonly gesture: string | null
}

const MOST_STEPS = 500

export function beginHistory(edit: CutOutEdit | null): EditHistory {
  return { past: [], present: edit ?? {}, future: [], gesture: null }
}

/** A change of the same gesture as the newest one joins its step. */
export function changeEdit(history: EditHistory, edit: CutOutEdit, gesture: string): EditHistory {
  const { past, present } = history
  if (edit === present) return history
  const joins = gesture === history.gesture && past.length > 0
  return {
    past: joins ? past : [...past, present].slice(-MOST_STEPS),
    present: edit,
    future: [],
    gesture,
  }
}

export function undoEdit(history: EditHistory): EditHistory {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    gesture: null,
  }
}

export function redoEdit(history: EditHistory): EditHistory {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future, gesture: null }
}

/** Null where nothing is drawn. */
export function editOf({ present: { box, strokes = [] } }: EditHistory): CutOutEdit | null {
  if (box === undefined && strokes.length === 0) return null
  return { ...(box === undefined ? {} : { box }), ...(strokes.length === 0 ? {} : { strokes }) }
}

/** 'Box from 10 to 90 % across and 5 to 95 % down. Strokes: 2 on the garment, 1 on the background.' */
export function describeEdit({ box, strokes = [] }: CutOutEdit): string {
  const percent = (share: number): string => String(Math.round(share * 100))
  const parts: string[] = []
  if (box !== undefined) {
    const { left, right, top, bottom } = box
    parts.push(
      `Box from ${percent(left)} to ${percent(right)} % across and ${percent(top)} to ${percent(bottom)} % down.`,
    )
  }
  if (strokes.length > 0) {
    const garment = strokes.filter(({ kind }) => kind === 'garment').length
    parts.push(`Strokes: ${garment} on the garment, ${strokes.length - garment} on the background.`)
  }
  return parts.length === 0 ? 'Nothing is drawn.' : parts.join(' ')
}
