import { expect, test } from 'bun:test'
import { hashPassword, verifyPassword } from './passwords.ts'

test('a password is hashed with Argon2id and fits only itself', async () => {
  const hash = await hashPassword('seven quiet snails')
  expect(hash).toStartWith('$argon2id$v=19$m=19456,t=2,p=1$')
  expect(await verifyPassword('seven quiet snails', hash)).toBe(true)
  expect(await verifyPassword('seven quiet snail', hash)).toBe(false)
  expect(await verifyPassword('impossible', null)).toBe(false)
  expect(await verifyPassword('', hash)).toBe(false)
})

test('a password typed on another keyboard, with its accents put together otherwise, is the same', async () => {
  expect(await verifyPassword('caf\u00e9 au lait', await hashPassword('cafe\u0301 au lait'))).toBe(true)
})

test('of a crowd that signs in at once some are asked to come back, the rest are served, two at a time', async () => {
  const hash = await hashPassword('seven quiet snails')
  const crowd = await Promise.allSettled(Array.from({ length: 70 }, () => verifyPassword('seven quiet snails', hash)))
  const refused = crowd.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(18)
  for (const one of refused) expect(one).toMatchObject({ reason: { kind: 'exhausted', retryAfterSeconds: 3 } })
  expect(await verifyPassword('seven quiet snails', hash)).toBe(true)
})
