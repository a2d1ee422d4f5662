/**
 * SCRAM-SHA-256 (RFC 5802, 7677), the client's half. It proves both ways: the server must show that it knows the secret,
 * so a socket that a learner put in the place of the real one is noticed.
 */
import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { WireError } from './wire-error.ts'

/** Podium's secrets are 128 random bits and use one iteration; a hostile server must not make us count to a billion. */
const iterationsMax = 10_000

/** What the client sends last, and what the server must answer. */
export interface ScramFinal {
  message: string
  serverSignature: Buffer
}

/** The client's first message, without its header. */
export function scramFirst(nonce: string): string {
  return `n=,r=${nonce}`
}

/** Answers the server's challenge. Throws `WireError` where the challenge is not one. */
export function scramFinal(secret: string, nonce: string, challenge: string): ScramFinal {
  const attributes = new Map(challenge.split(',').map((part) => [part.slice(0, 2), part.slice(2)]))
  const serverNonce = attributes.get('r=') ?? ''
  const iterations = Number(attributes.get('i='))
  if (!serverNonce.startsWith(nonce) || !Number.isInteger(iterations) || iterations < 1 || iterations > iterationsMax)
    throw new WireError('authentication', 'The server sent a malformed SCRAM challenge')
  const salted = pbkdf2Sync(secret, Buffer.from(attributes.get('s=') ?? '', 'base64'), iterations, 32, 'sha256')
  const clientKey = hmac(salted, 'Client Key')
  const withoutProof = `c=biws,r=${serverNonce}`
  const transcript = `${scramFirst(nonce)},${challenge},${withoutProof}`
  const signature = hmac(createHash('sha256').update(clientKey).digest(), transcript)
  const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))
  return {
    message: `${withoutProof},p=${Buffer.from(proof).toString('base64')}`,
    serverSignature: hmac(hmac(salted, 'Server Key'), transcript),
  }
}

/** Whether the server's last message proves that it knows the secret. */
export function isServerProof(final: ScramFinal, message: string): boolean {
  const given = Buffer.from(message.startsWith('v=') ? message.slice(2) : '', 'base64')
  return given.length === final.serverSignature.length && timingSafeEqual(given, final.serverSignature)
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
