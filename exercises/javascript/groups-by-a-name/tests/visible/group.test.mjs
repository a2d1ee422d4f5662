import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { groupBy } from './group.mjs'

describe('groupBy', () => {
  it('puts together what has the same key', () => {
    const groups = groupBy(['oak', 'elm', 'ash', 'owl'], (word) => word[0])
    assert.deepEqual([...groups], [['o', ['oak', 'owl']], ['e', ['elm']], ['a', ['ash']]])
  })

  it('gives an empty map where there is nothing', () => {
    assert.deepEqual(groupBy([], (item) => item), new Map())
  })
})
