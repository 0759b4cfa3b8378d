// Differences as people read them.

/** '+0.12', '−0.12' with a true minus sign so that columns read well, and '0.00' without a sign. */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  if (Number(text) === 0) return text
  return `${value < 0 ? '−' : '+'}${text}`
}
