import { expect, test } from 'bun:test'
import { isServerProof, scramFinal } from './scram.ts'

// The exchange of RFC 7677, section 3, with the user name left out as PostgreSQL does.
const nonce = 'rOprNGfwEbeRWgbNEkqO'
const challenge = `r=${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`

test('the client proves the secret, and only the right server proves it back', () => {
  const final = scramFinal('pencil', nonce, challenge)
  expect(final.message).toStartWith(`c=biws,r=${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=`)
  expect(isServerProof(final, `v=${final.serverSignature.toString('base64')}`)).toBe(true)
  expect(isServerProof(final, `v=${Buffer.alloc(32).toString('base64')}`)).toBe(false)
  expect(isServerProof(final, '')).toBe(false)
})

test('a hostile challenge is refused', () => {
  expect(() => scramFinal('pencil', nonce, challenge.replace(nonce, 'other'))).toThrow('malformed')
  expect(() => scramFinal('pencil', nonce, challenge.replace('4096', '2000000000'))).toThrow('malformed')
  expect(() => scramFinal('pencil', nonce, 'nonsense')).toThrow('malformed')
})
