import { expect, it } from 'vitest'
import { renderTable } from '#main/terminal/text-table.ts'

it('aligns columns: the first at the left, the others at the right', () => {
  const rows = [
    ['Class', 'F1'],
    ['Bag', '97.00 %'],
    ['Ankle boot', '5 %'],
  ]
  expect(renderTable(rows)).toEqual(['Class            F1', 'Bag         97.00 %', 'Ankle boot      5 %'])
})

it('leaves no blanks at the end of a line', () => {
  const rows = [
    ['Id', 'Name'],
    ['1', 'A long name'],
    ['2', ''],
  ]
  expect(renderTable(rows, [0, 1])).toEqual(['Id  Name', '1   A long name', '2'])
})

it('of nothing is nothing', () => {
  expect(renderTable([])).toEqual([])
})
