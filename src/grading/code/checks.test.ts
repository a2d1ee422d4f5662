import { expect, test } from 'bun:test'
import { readChecks } from './checks.ts'

const read = (text: string) => readChecks(new TextEncoder().encode(text))

test('checks are told by lines, and what is none of them is passed over', () => {
  expect(read('ok the report is there\nnot ok its sum # it is 3\nok\nnonsense\nnot ok last')).toEqual([
    { name: 'the report is there', isRight: true, message: null },
    { name: 'its sum', isRight: false, message: 'it is 3' },
    { name: 'last', isRight: false, message: null },
  ])
})

test('a message is kept to its thousandth character, and no line has more than one check', () => {
  expect(read(`not ok a # ${'m'.repeat(5000)}`)[0]?.message?.length).toBe(1000)
  expect(read(`ok ${'n'.repeat(201)}`)).toEqual([])
})

test('a line of nothing but blanks holds nobody up, however long it is', () => {
  // Read to its end, this takes longer than a test may; else a twentieth of it.
  expect(read(`ok a${' '.repeat(100_000_000)}b\nok c`)).toEqual([{ name: 'c', isRight: true, message: null }])
})
