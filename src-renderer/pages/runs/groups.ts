// Runs put together by settings: each group with how many there are, and of every measure its mean and spread,
// unless the members are of different data or networks: then that is said in its place.
import { spreadOf, type Spread } from '#shared/core/statistics/spread.ts'
import type { RunSummary } from '#shared/run-list.ts'
import { compareCells, type Cell, type Sort } from '../../parts/table/column.ts'
import type { SectionItem, TableItem } from '../../parts/table/table-item.ts'
import { findMixture } from './comparable.ts'
import type { RunColumn } from './run-columns.ts'

interface Group {
  readonly key: string
  readonly values: readonly Cell[]
  readonly runs: RunSummary[]
}

/**
 * @param runs in the order that they keep inside their groups
 * @param by columns whose values the members of a group share
 * @param closed keys of the groups whose members are not shown
 */
export function groupRuns(
  runs: readonly RunSummary[],
  by: readonly RunColumn[],
  columns: readonly RunColumn[],
  sorts: readonly Sort[],
  closed: ReadonlySet<string>,
): readonly TableItem<RunSummary>[] {
  const groups = orderGroups(collect(runs, by), by, columns, sorts)
  return groups.flatMap((group) => {
    const isOpen = !closed.has(group.key)
    const section = describe(group, by, columns, isOpen)
    if (!isOpen) return [section]
    return [section, ...group.runs.map((row) => ({ kind: 'row', key: row.id, row }) as const)]
  })
}

function collect(runs: readonly RunSummary[], by: readonly RunColumn[]): Group[] {
  const groups = new Map<string, Group>()
  for (const run of runs) {
    const values = by.map(({ value }) => value(run))
    const key = `group ${JSON.stringify(values)}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { key, values, runs: [run] })
    else known.runs.push(run)
  }
  return [...groups.values()]
}

/** By the mean where the first sort is by a measure, else by what the members share. */
function orderGroups(
  groups: Group[],
  by: readonly RunColumn[],
  columns: readonly RunColumn[],
  [sort]: readonly Sort[],
): Group[] {
  const sign = sort?.order === 'descending' ? -1 : 1
  const measure = columns.find(({ key, writeSpread }) => key === sort?.key && writeSpread !== undefined)
  if (measure !== undefined) {
    const means = new Map(groups.map((group) => [group, meanIn(group, measure)]))
    return groups.sort((one, other) => compareCells(means.get(one) ?? null, means.get(other) ?? null, sign))
  }
  const signs = by.map(({ key }) => (key === sort?.key ? sign : 1))
  return groups.sort((one, other) => {
    for (const [index, cell] of one.values.entries()) {
      const difference = compareCells(cell, other.values[index] ?? null, signs[index] ?? 1)
      if (difference !== 0) return difference
    }
    return 0
  })
}

function describe(
  group: Group,
  by: readonly RunColumn[],
  columns: readonly RunColumn[],
  isOpen: boolean,
): SectionItem {
  const [first] = group.runs
  const label = by
    .map((column) => `${column.label} ${first === undefined ? '' : column.text(first)}`)
    .join(' · ')
  const cells = columns.flatMap((column) => {
    if (column.writeSpread === undefined || column.key === 'interval') return []
    const mixture = findMixture(group.runs, column.key)
    if (mixture !== null) return [[column.key, { ...mixture, isMixed: true }] as const]
    const spread = spreadIn(group, column)
    if (spread === null) return []
    const members = spread.count < group.runs.length ? ` (${spread.count})` : ''
    const text = `${writeSpread(spread, column.writeSpread)}${members}`
    const title = describeSpread(spread, column.label, group.runs.length)
    return [[column.key, { text, title }] as const]
  })
  const count = group.runs.length
  return {
    kind: 'section',
    key: group.key,
    label,
    count,
    isOpen,
    cells: Object.fromEntries(cells),
  }
}

function describeSpread({ count, deviation }: Spread, label: string, members: number): string {
  const of = count === members ? `${members} runs` : `the ${count} of ${members} runs that have it`
  return deviation === null ? `${label} of one run` : `${label}: mean ± standard deviation over ${of}`
}

/** Null also where a mean would mean nothing. */
function meanIn(group: Group, column: RunColumn): number | null {
  return findMixture(group.runs, column.key) === null ? (spreadIn(group, column)?.mean ?? null) : null
}

function spreadIn({ runs }: Group, { value }: RunColumn): Spread | null {
  return spreadOf(
    runs.map(value).filter((cell) => typeof cell === 'number' && Number.isFinite(cell)) as number[],
  )
}

/** '88.52 ± 0.12 %': the unit is written once. A single value has no spread. */
function writeSpread({ mean, deviation }: Spread, write: (value: number) => string): string {
  if (deviation === null) return write(mean)
  const [number = '', unit = ''] = splitUnit(write(mean))
  const [spread = '', spreadUnit = ''] = splitUnit(write(deviation))
  return unit === spreadUnit ? `${number} ± ${spread}${unit}` : `${write(mean)} ± ${write(deviation)}`
}

function splitUnit(text: string): readonly string[] {
  const at = text.indexOf(' ')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at)]
}
