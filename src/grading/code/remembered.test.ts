import { expect, test } from 'bun:test'
import { Memory } from './remembered.ts'

const megabyte = 1024 ** 2

/** A memory of values of this size, and the keys for which one was made. */
function memoryOf(bytes: number) {
  const memory = new Memory<{ key: string }>(() => bytes)
  const made: string[] = []
  const get = async (key: string) =>
    await memory.get(key, async () => {
      made.push(key)
      return { key }
    })
  return { memory, made, get }
}

test('what was found out is asked for once, also by those who ask meanwhile', async () => {
  const { get, made } = memoryOf(1)
  await Promise.all([get('a'), get('a'), get('b')])
  await get('a')
  expect(made).toEqual(['a', 'b'])
})

test('what failed is asked for again', async () => {
  const { memory, get, made } = memoryOf(1)
  await expect(memory.get('a', () => Promise.reject(new Error('no box')))).rejects.toThrow('no box')
  expect(await get('a')).toEqual({ key: 'a' })
  expect(made).toEqual(['a'])
})

test('of what is large, no more is kept than there is room for: what was not used for longest goes', async () => {
  const { get, made } = memoryOf(100 * megabyte)
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key)
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})
