// Where in a picture something is, for those who do not see it.

const ROWS = ['top', 'middle', 'bottom'] as const
const COLUMNS = ['left', 'middle', 'right'] as const

/** 'top left', 'middle', 'bottom middle': the ninth of the picture that the largest value lies in; null where all are 0. */
export function placeOfLargest(values: ArrayLike<number>, height: number, width: number): string | null {
  let best = 0
  for (let at = 0; at < values.length; at++) if ((values[at] ?? 0) > (values[best] ?? 0)) best = at
  if ((values[best] ?? 0) <= 0) return null
  const row = ROWS[Math.floor((Math.floor(best / width) / height) * 3)] ?? 'middle'
  const column = COLUMNS[Math.floor(((best % width) / width) * 3)] ?? 'middle'
  return row === column ? row : `${row} ${column}`
}
