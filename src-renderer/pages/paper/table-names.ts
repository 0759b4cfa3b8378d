// The tables' names: in full for a heading, short for the line of links.
import type { PaperTable } from '#shared/paper/plan.ts'

export function nameTable({ id, title }: PaperTable): string {
  return id === 'ANN' ? title : `Table ${id}: ${title}`
}

export function shortName({ id, title }: PaperTable): string {
  return id === 'ANN' ? 'Baseline' : `${id} ${title}`
}
