import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { groupBy } from './group.mjs'

describe('keys', () => {
  it('may be what objects have anyway', () => {
    const groups = groupBy(['constructor', 'toString', '__proto__'], (word) => word)
    assert.deepEqual([...groups.keys()], ['constructor', 'toString', '__proto__'])
  })

  it('may be of different types', () => {
    assert.deepEqual([...groupBy([1, '1', null, 'null', 1], (item) => item).keys()], [1, '1', null, 'null'])
  })

  it('stand in the order in which they came', () => {
    assert.deepEqual([...groupBy([20, 3, 10], (item) => item).keys()], [20, 3, 10])
  })

  it('may be NaN', () => {
    assert.deepEqual(groupBy([Number.NaN, Number.NaN], (item) => item).get(Number.NaN)?.length, 2)
  })
})

describe('the function for the key', () => {
  it('is called once for every item, in order', () => {
    const asked = []
    groupBy(['b', 'a', 'c'], (item) => asked.push(item) % 2)
    assert.deepEqual(asked, ['b', 'a', 'c'])
  })
})
