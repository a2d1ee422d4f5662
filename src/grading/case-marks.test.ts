import { expect, test } from 'bun:test'
import type { Cell } from '../pods/run.ts'
import { caseMarks } from './case-marks.ts'
import { compareRows } from './compare-rows.ts'

const rules = { order: 'none', columns: 'position', tolerance: 0 } as const
const columns = ['id', 'name', 'year'].map((name) => ({ name, type: 'text' }))

function marks(expected: Cell[][], given: Cell[][]) {
  const difference = compareRows({ columns, rows: expected }, { columns, rows: given }, rules)
  if (difference === null) throw new Error('There is no difference')
  return caseMarks(difference, expected)
}

test('a row that is too many and one that is missing are marked where they stand', () => {
  expect(
    marks(
      [
        ['1', 'a', 'x'],
        ['2', 'b', 'y'],
      ],
      [
        ['3', 'c', 'z'],
        ['1', 'a', 'x'],
      ],
    ),
  ).toEqual({
    expected: [{ row: 1, state: 'missing', columns: [] }],
    given: [{ row: 0, state: 'extra', columns: [] }],
  })
})

test('a row that differs is marked in both, with the cells that do', () => {
  expect(marks([['1', null, 'x']], [['1', '', 'x']])).toEqual({
    expected: [{ row: 0, state: 'differs', columns: [1] }],
    given: [{ row: 0, state: 'differs', columns: [1] }],
  })
})

test('of equal rows as many are marked as are missing', () => {
  expect(
    marks(
      [
        ['1', 'a', 'x'],
        ['1', 'a', 'x'],
      ],
      [],
    ).expected.map(({ row }) => row),
  ).toEqual([0, 1])
})
