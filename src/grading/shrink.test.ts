import { expect, test } from 'bun:test'
import { shrink } from './shrink.ts'

const items = Array.from({ length: 5_000 }, (_, index) => index)

/** Shows where all of these are there. */
function needs(...wanted: number[]) {
  let questions = 0
  const stillShows = async (candidates: readonly (readonly number[])[]) => {
    questions += 1
    return candidates.findIndex((candidate) => wanted.every((item) => candidate.includes(item)))
  }
  return { stillShows, questions: () => questions }
}

test.each([[[7]], [[0, 4_999]], [[1, 2_500, 2_501]], [[10, 20, 30, 40, 50]]])(
  'of 5,000 items only %p are left',
  async (wanted) => {
    const { stillShows, questions } = needs(...wanted)
    expect([...(await shrink(items, stillShows, () => false))]).toEqual(wanted)
    expect(questions()).toBeLessThan(120)
  },
)

test('nothing is left where it shows without any item', async () => {
  expect(await shrink(items, needs().stillShows, () => false)).toEqual([])
})

test('what there is at the end of the time is the result', async () => {
  let rounds = 0
  const isLate = () => {
    rounds += 1
    return rounds > 3
  }
  const rest = await shrink(items, needs(7, 4_000).stillShows, isLate)
  expect(rest.length).toBeLessThan(5_001)
  expect(rest).toContain(7)
  expect(rest).toContain(4_000)
})
