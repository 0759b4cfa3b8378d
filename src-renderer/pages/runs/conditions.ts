// Conditions on runs, as the chips show them: a column, a comparison and what it is compared with.
import type { RunSummary } from '#shared/run-list.ts'
import { SETTINGS } from '#shared/settings.ts'
import type { Cell } from '../../parts/table/column.ts'
import { findChoice, labelChoice } from '../../parts/setting-labels.ts'
import { RUN_COLUMNS, type RunColumn } from './run-columns.ts'

export const COMPARISONS = ['=', '!=', '>=', '<=', '>', '<', 'has'] as const
export type Comparison = (typeof COMPARISONS)[number]

export interface Condition {
  /** A column's key. */
  readonly key: string
  readonly comparison: Comparison
  /** Of several, one is enough; for '!=' it must be none of them. */
  readonly values: readonly string[]
}

/** Shares are written in percent, everything else as it is stored. */
const SHARES = new Set([
  'trainAccuracy',
  'validationAccuracy',
  'testAccuracy',
  'paperAccuracy',
  'top5Accuracy',
])

export function findColumn(key: string): RunColumn | undefined {
  return RUN_COLUMNS.find((column) => column.key === key)
}

/** Whether numbers are compared with it; decided by the column, not by what happens to be there. */
export function isNumeric({ align }: RunColumn): boolean {
  return align === 'end'
}

/** Conditions must all hold. Runs in the archive are left out unless a condition asks for them. */
export function filterRuns(
  runs: readonly RunSummary[],
  conditions: readonly Condition[],
): readonly RunSummary[] {
  const asksForArchive = conditions.some(({ key }) => key === 'archived')
  const tests = conditions.map(testOf)
  return runs.filter((run) => (asksForArchive || !run.archived) && tests.every((test) => test(run)))
}

/** Every word must stand in the name, the id, the notes or a tag. */
export function searchRuns(runs: readonly RunSummary[], text: string): readonly RunSummary[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return runs
  return runs.filter(({ name, id, notes, tags }) => {
    const all = `${name}\n${id}\n${notes}\n${tags.join('\n')}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

function testOf({ key, comparison, values }: Condition): (run: RunSummary) => boolean {
  const column = findColumn(key)
  if (column === undefined) return () => true
  const wanted = values.map((value) => toCell(column, value))
  const words = values.map((value) => value.toLowerCase())
  return (run) => {
    const found = column.value(run)
    const compares = (holds: (found: number, one: number) => boolean): boolean =>
      typeof found === 'number' && wanted.some((one) => typeof one === 'number' && holds(found, one))
    switch (comparison) {
      case '=':
        return wanted.some((one) => isSame(found, one, key, run))
      case '!=':
        return !wanted.some((one) => isSame(found, one, key, run))
      case 'has': {
        const text = `${String(found ?? '')}\n${isNumeric(column) ? '' : column.text(run)}`.toLowerCase()
        return words.some((word) => text.includes(word))
      }
      case '>=':
        return compares((number, least) => number >= least)
      case '<=':
        return compares((number, most) => number <= most)
      case '>':
        return compares((number, bound) => number > bound)
      case '<':
        return compares((number, bound) => number < bound)
      default:
        return comparison satisfies never
    }
  }
}

function isSame(found: Cell, wanted: Cell, key: string, run: RunSummary): boolean {
  if (key === 'tags') return run.tags.some((tag) => tag.toLowerCase() === String(wanted).toLowerCase())
  if (found === null || wanted === null) return found === wanted
  if (typeof found === 'number' && typeof wanted === 'number') {
    return Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))
  }
  return String(found).toLowerCase() === String(wanted).toLowerCase()
}

/** '80 %' -> 0.8, 'yes' -> true, 'ANN' -> 'mlp', 'none' -> nothing there */
export function toCell(column: RunColumn, text: string): Cell {
  const trimmed = text.trim()
  if (trimmed === 'none') return null
  if (column.key === 'starred' || column.key === 'archived') return trimmed === 'yes'
  if (trimmed === 'yes' || trimmed === 'no') return trimmed === 'yes'
  const setting = SETTINGS.find(({ name }) => name === column.key)
  const choice = setting === undefined ? null : findChoice(setting, trimmed)
  if (choice !== null) return choice
  if (!isNumeric(column)) return trimmed
  const isPercent = trimmed.endsWith('%')
  const number = Number(trimmed.replace(/\s*%$/, ''))
  if (Number.isNaN(number)) return trimmed
  return isPercent || (SHARES.has(column.key) && number > 1) ? number / 100 : number
}

/** A value of a condition as people read it: 'mlp' -> 'ANN'. */
export function labelValue(key: string, value: string): string {
  const column = findColumn(key)
  const setting = SETTINGS.find(({ name }) => name === key)
  if (column === undefined || setting === undefined) return value
  return labelChoice(setting, toCell(column, value)) ?? value
}

/** A cell as a condition writes it. */
export function fromCell(column: RunColumn, cell: Cell): string {
  if (cell === null) return 'none'
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (typeof cell === 'number' && SHARES.has(column.key)) return `${Number((cell * 100).toFixed(4))} %`
  return String(cell)
}
