// Numbers as people read them in a terminal.

export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '-' : `${(share * 100).toFixed(2)} %`
}

export function decimals(value: number | null | undefined, digits = 5): string {
  return value === null || value === undefined ? '-' : value.toFixed(digits)
}

/** 83 s as 1:23, an hour and more as 1:02:03. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null) return '-'
  const seconds = Math.round(milliseconds / 1000)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const two = (value: number): string => String(value).padStart(2, '0')
  const rest = `${two(minutes)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : `${minutes}:${two(seconds % 60)}`
}

export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en')
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
