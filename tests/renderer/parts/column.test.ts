import { describe, expect, it } from 'vitest'
import { sortRows, type Column } from '../../../src-renderer/parts/table/column.ts'
import { writeCsv, writeJson } from '../../../src-renderer/parts/table/export-table.ts'

interface Row {
  readonly name: string
  readonly rate: number | null
}
const columns: readonly Column<Row>[] = [
  {
    key: 'name',
    label: 'Name',
    align: 'start',
    width: 100,
    value: ({ name }) => name,
    text: ({ name }) => name,
  },
  {
    key: 'rate',
    label: 'Rate',
    align: 'end',
    width: 100,
    value: ({ rate }) => rate,
    text: ({ rate }) => String(rate),
  },
]
const rows: readonly Row[] = [
  { name: 'run 10', rate: 0.1 },
  { name: 'run 9', rate: null },
  { name: 'run 2', rate: 0.1 },
  { name: 'run 1', rate: 0.01 },
]
const names = (sorts: Parameters<typeof sortRows<Row>>[2]) =>
  sortRows(rows, columns, sorts).map(({ name }) => name)

describe('sorting', () => {
  it('reads numbers inside names', () => {
    expect(names([{ key: 'name', order: 'ascending' }])).toEqual(['run 1', 'run 2', 'run 9', 'run 10'])
  })

  it('lets the second column decide where the first does not', () => {
    const sorts = [
      { key: 'rate', order: 'descending' } as const,
      { key: 'name', order: 'ascending' } as const,
    ]
    expect(names(sorts)).toEqual(['run 2', 'run 10', 'run 1', 'run 9'])
  })

  it('puts rows without a value last in both orders', () => {
    expect(names([{ key: 'rate', order: 'ascending' }]).at(-1)).toBe('run 9')
    expect(names([{ key: 'rate', order: 'descending' }]).at(-1)).toBe('run 9')
  })
})

describe('a table as a file', () => {
  const risky: readonly Row[] = [
    { name: '=HYPERLINK("http://x")', rate: -0.5 },
    { name: 'a, "b"\nc', rate: null },
  ]

  it('is CSV in which no text is a formula and numbers stay numbers', () => {
    expect(writeCsv(columns, risky)).toBe('name,rate\n"\'=HYPERLINK(""http://x"")",-0.5\n"a, ""b""\nc",\n')
  })

  it('is JSON with the values as they are', () => {
    expect(JSON.parse(writeJson(columns, risky))).toEqual([
      { name: '=HYPERLINK("http://x")', rate: -0.5 },
      { name: 'a, "b"\nc', rate: null },
    ])
  })
})
