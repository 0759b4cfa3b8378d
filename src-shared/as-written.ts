/** More digits than people write. */
const DIGITS = 12

/** A computed number as people would write it: without the digits that binary fractions add, as in 7.000000000000001. */
export function asWritten(value: number): number {
  return Number(value.toPrecision(DIGITS))
}
