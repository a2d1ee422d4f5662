import { expect, test } from 'bun:test'
import { availability } from './availability.ts'
import { exerciseOf } from './code/test-code.ts'

const exercise = exerciseOf('language: python\nneeds: [numpy]\ngrading: { compare: io }', {
  'solution/main.py': '',
  'data/sample/1.in': '',
  'data/sample/1.ans': '',
})

test('a list says what is missing from the second time on, having asked once', async () => {
  let asked = 0
  const problemOf = async () => {
    asked += 1
    return 'This exercise needs numpy.'
  }
  const unavailableOf = availability({ isBoxed: true, code: { problemOf } })
  expect(unavailableOf(exercise)).toBeNull()
  await Promise.resolve()
  expect(unavailableOf(exercise)).toBe('This exercise needs numpy.')
  expect(asked).toBe(1)
})

test('what could not be asked is asked again', async () => {
  let asked = 0
  const problemOf = async () => {
    asked += 1
    if (asked === 1) throw new Error('no box')
    return null
  }
  const unavailableOf = availability({ isBoxed: true, code: { problemOf } })
  unavailableOf(exercise)
  await new Promise((resolve) => setImmediate(resolve))
  expect(unavailableOf(exercise)).toBeNull()
  expect(asked).toBe(2)
})
