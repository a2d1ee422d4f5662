import { expect, test } from 'bun:test'
import { oneAnswerAtATime, paceSubmission, paceValidation } from './pace.ts'

/** How many times in a row something may be done before it is refused. */
function countUntilRefused(act: (time: number) => void): number {
  for (let time = 0; time < 2_000; time += 1) {
    try {
      act(time)
    } catch (error) {
      expect(error).toMatchObject({ kind: 'exhausted' })
      return time
    }
  }
  throw new Error('never refused')
}

test('one person cannot fill the disk with answers, and neither can the guests of one address', () => {
  expect(countUntilRefused(() => paceSubmission({ personId: 'ada', address: '192.0.2.1' }))).toBe(30)
  paceSubmission({ personId: 'grace', address: '192.0.2.1' })
  const guests = countUntilRefused((time) => paceSubmission({ personId: `guest ${time}`, address: '192.0.2.2' }))
  expect(guests).toBe(300)
})

test('a visitor who is nobody cannot keep the parser busy for others', () => {
  expect(countUntilRefused(() => paceValidation('192.0.2.3'))).toBe(60)
  paceValidation('192.0.2.4')
})

test('a person’s answers are checked one at a time, and nobody else’s wait for them', async () => {
  const first = Promise.withResolvers<string>()
  const checking = oneAnswerAtATime('ada', () => first.promise)
  await expect(oneAnswerAtATime('ada', async () => 'second')).rejects.toMatchObject({ code: 'already_checking' })
  expect(await oneAnswerAtATime('grace', async () => 'other')).toBe('other')
  first.resolve('first')
  expect(await checking).toBe('first')
  expect(await oneAnswerAtATime('ada', async () => 'third')).toBe('third')
})
