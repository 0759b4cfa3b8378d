// How shapes of a network are drawn and written, in a box of 64 x 54.
const WIDTH = 64
const HEIGHT = 54
const LARGEST = 34
const SMALLEST = 7
const SHEET_STEP = 3
const MOST_SHEETS = 4
const LONGEST_BAR = 48
/** A bar of so many values is the longest. */
const MANY_VALUES = 4096

export interface DrawnShape {
  /** From the back to the front. */
  readonly sheets: readonly { readonly x: number; readonly y: number }[]
  readonly width: number
  readonly height: number
}

/** @param side of the image that goes in: the largest box */
export function drawShape(shape: readonly number[], side: number): DrawnShape {
  const [first = 1, second, channels = 1] = shape
  if (second === undefined) {
    const height = SMALLEST + (LONGEST_BAR - SMALLEST) * Math.min(1, Math.log(first) / Math.log(MANY_VALUES))
    return { sheets: [{ x: (WIDTH - 6) / 2, y: (HEIGHT - height) / 2 }], width: 6, height }
  }
  const count = Math.min(MOST_SHEETS, channels)
  const spread = (count - 1) * SHEET_STEP
  const width = Math.max(SMALLEST, (LARGEST * second) / side)
  const height = Math.max(SMALLEST, (LARGEST * first) / side)
  const left = (WIDTH - width - spread) / 2
  const top = (HEIGHT - height - spread) / 2
  const sheets = Array.from({ length: count }, (_, sheet) => {
    const offset = (count - 1 - sheet) * SHEET_STEP
    return { x: left + offset, y: top + sheet * SHEET_STEP }
  })
  return { sheets, width, height }
}

/** [28, 28, 10] -> '28×28×10' */
export function writeShape(shape: readonly number[]): string {
  return shape.join('×')
}

/** 1130640 -> '1.13 M', 7850 -> '7.9 k' */
export function writeMillions(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} G`
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`
  return value >= 1e3 ? `${(value / 1e3).toFixed(1)} k` : String(value)
}
