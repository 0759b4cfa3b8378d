// A report as plain data: what is said, in order. The writers beside this turn it into one HTML file, and its tables into
// LaTeX; neither knows what it is about.
export interface Report {
  readonly title: string
  /** Under the title: when it was written, and on what. */
  readonly about: readonly string[]
  readonly blocks: readonly ReportBlock[]
}

export interface ReportTable {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Below the table. */
  readonly notes?: readonly string[]
}

/** A line over the epochs. */
export interface ReportSeries {
  readonly label: string
  /** [epoch, value] */
  readonly points: readonly (readonly [number, number])[]
}

export interface ReportChart {
  readonly kind: 'chart'
  readonly caption: string
  readonly xLabel: string
  readonly yLabel: string
  /** How a value is written beside the axis. */
  readonly format: 'percent' | 'number'
  readonly series: readonly ReportSeries[]
}

export type ReportBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly title?: string }
  /** Said before anything else is believed. */
  | { readonly kind: 'warning'; readonly text: string }
  | {
      readonly kind: 'commands'
      readonly lines: readonly { readonly about: string; readonly command: string }[]
    }
  | ReportTable
  | ReportChart

export function listTables({ blocks }: Report): readonly ReportTable[] {
  return blocks.filter((block) => block.kind === 'table')
}
