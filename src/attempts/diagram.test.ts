import { expect, test } from 'bun:test'
import type { DiagramFacts } from '../../views/attempts/diagram.tsx'
import { layOut } from './diagram.ts'
import type { Table } from './read-tables.ts'

/** A table with a key and a column for each table it points to. */
function table(name: string, ...targets: string[]): Table {
  const columns = ['id', ...targets.map((target, place) => `${target}_${place}`)]
  return {
    ...{ name, isView: false, rows: 1 },
    columns: columns.map((column) => ({ name: column, type: 'integer', isNullable: false, isKey: column === 'id' })),
    foreignKeys: targets.map((target, place) => ({
      ...{ columns: [`${target}_${place}`], table: target, referenced: ['id'] },
    })),
  }
}

function drawn(tables: readonly Table[]): DiagramFacts {
  const diagram = layOut(tables)
  if (diagram === null) throw new Error('no diagram')
  return diagram
}

/** Every box inside the drawing, none over another. */
function expectRoom({ boxes, width, height }: DiagramFacts): void {
  for (const [place, box] of boxes.entries()) {
    expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true)
    for (const other of boxes.slice(place + 1)) {
      const isApart =
        box.x + box.width <= other.x ||
        other.x + other.width <= box.x ||
        box.y + box.height <= other.y ||
        other.y + other.height <= box.y
      expect([box.name, other.name, isApart]).toEqual([box.name, other.name, true])
    }
  }
}

test('where nothing points to anything there is nothing to draw', () => {
  expect(layOut([])).toBeNull()
  expect(layOut([table('item')])).toBeNull()
  expect(layOut([table('item'), table('member')])).toBeNull()
  expect(layOut([{ ...table('item_view', 'item'), isView: true }, table('item')])).toBeNull()
})

test('what is pointed to stands above what points there, with a line between them', () => {
  const { boxes, lines } = drawn([table('loan', 'item', 'member'), table('item'), table('member')])
  const y = Object.fromEntries(boxes.map((box) => [box.name, box.y]))
  expect((y['loan'] ?? 0) > Math.max(y['item'] ?? 0, y['member'] ?? 0)).toBe(true)
  expect(lines.map(({ label }) => label)).toEqual(['loan (item_0) → item (id)', 'loan (member_1) → member (id)'])
})

test('twelve tables, a table of its own, itself, two keys to one table and a name in another schema find room', () => {
  const chain = Array.from({ length: 9 }, (_, number) => table(`t${number}`, ...(number === 0 ? [] : ['t0', 't0'])))
  const diagram = drawn([...chain, table('alone'), table('staff', 'staff'), table('archive.loan', 't1')])
  expect(diagram.boxes).toHaveLength(12)
  expect(diagram.lines).toHaveLength(18)
  expect(diagram.lines.every(({ path }) => /^M[\d.\sCV-]+$/.test(path))).toBe(true)
  expectRoom(diagram)
})

test('many tables without a key stand in rows, not in one long line', () => {
  const lonely = Array.from({ length: 10 }, (_, number) => table(`lonely_${number}`))
  const diagram = drawn([table('loan', 'item'), table('item'), ...lonely])
  expectRoom(diagram)
  expect(diagram.width).toBeLessThan(600)
})

test('long names are cut and many columns left out, keys last', () => {
  const long = 'a_name_that_goes_on_and_on_and_on'
  const wide = table(long, 'item')
  wide.columns.unshift(
    ...Array.from({ length: 30 }, (_, number) => ({
      ...{ name: `c${number}`, type: 'text', isNullable: true, isKey: false },
    })),
  )
  const [box] = drawn([wide, table('item')]).boxes
  expect(box).toMatchObject({ fullName: long, name: 'a_name_that_goes_on_and_o…', hidden: 23 })
  expect(box?.lines.slice(0, 2)).toEqual([
    { name: 'id', mark: 'key' },
    { name: 'item_0', mark: 'link' },
  ])
})

test('a database with too many tables is not drawn', () => {
  const many = Array.from({ length: 60 }, (_, number) => table(`t${number}`, 't0'))
  expect(layOut(many)).toBeNull()
})

test('the most that is drawn finds room', () => {
  const most = Array.from({ length: 24 }, (_, number) =>
    table(`t${number}`, ...(number < 3 ? [] : [`t${number % 7}`, `t${number % 3}`])),
  )
  expectRoom(drawn(most))
})

test('tables that point to each other in a ring have a line each way', () => {
  const { lines } = drawn([table('head', 'member'), table('member', 'head')])
  expect(lines.map(({ isUpward }) => isUpward).toSorted()).toEqual([false, true])
})

/** Places along a path, corners of bends included: a bend stays between them. */
function placesOf(path: string): { x: number; y: number }[] {
  let x = 0
  return [...path.matchAll(/([MCV])([^MCV]+)/g)].map(([, letter, numbers = '']) => {
    const at = numbers.trim().split(/\s+/).map(Number)
    if (letter !== 'V') x = at.at(-2) ?? 0
    return { x, y: at.at(-1) ?? 0 }
  })
}

test('no line runs through a table, however tall its neighbours are', () => {
  const tall = table('tall')
  tall.columns.push(
    ...Array.from({ length: 8 }, (_, number) => ({
      ...{ name: `c${number}`, type: 'text' },
      isNullable: true,
      isKey: false,
    })),
  )
  const { boxes, lines } = drawn([
    tall,
    table('low'),
    table('both', 'tall', 'low'),
    table('last', 'low', 'both', 'tall'),
    table('end', 'last', 'low'),
  ])
  for (const { label, path } of lines) {
    const places = placesOf(path)
    for (const [number, to] of places.slice(1).entries()) {
      const from = places[number] ?? to
      const isCrossing = boxes.some(
        (box) =>
          Math.max(from.x, to.x) > box.x &&
          Math.min(from.x, to.x) < box.x + box.width &&
          Math.max(from.y, to.y) > box.y &&
          Math.min(from.y, to.y) < box.y + box.height,
      )
      expect([label, isCrossing]).toEqual([label, false])
    }
  }
})
