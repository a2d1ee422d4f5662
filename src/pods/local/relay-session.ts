/**
 * One connection of a program through a relay: the program's greeting is read and answered here, the server is logged
 * into with the sandbox's secret, and from then on bytes go to and fro, counted. Both sides are untrusted.
 */
import { connect, type Socket } from 'node:net'
import { Body } from '../wire/body.ts'
import * as messages from '../wire/messages.ts'
import { isServerProof, type ScramFinal, scramFinal, scramFirst } from '../wire/scram.ts'

/** A greeting is a few names and values. */
const greetingBytesMax = 10_000
const loginBytesMax = 64 * 1024
/** A step of the login says its own length and its number. */
const stepBytesMin = 8
const loginTimeoutMs = 10_000

const codes = { tls: 80877103, gss: 80877104, cancel: 80877102 } as const
/** What a program may say about its session; who it is and where it goes, it may not. */
const ownParameters = new Set(['user', 'database', 'replication'])

/** Where a relay leads. */
export interface RelayTarget {
  /** The path of the server's socket. Throws where the server is gone. */
  socketPath: () => string
  user: string
  database: string
  secret: string
}

/** What all connections of a relay share. */
export interface RelayShared {
  target: RelayTarget
  budget: { bytesLeft: number }
}

/** See above. */
export class RelaySession {
  readonly ended: Promise<void>
  readonly #client: Socket
  readonly #shared: RelayShared
  #resolveEnded: () => void = () => undefined
  #server: Socket | null = null
  #received: Buffer = Buffer.alloc(0)
  #isEnded = false
  #declined = 0
  #timer: Timer

  constructor(client: Socket, shared: RelayShared) {
    this.#client = client
    this.#shared = shared
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve
    })
    this.#timer = setTimeout(() => this.end(), loginTimeoutMs)
    client.on('close', () => this.end())
    client.on('error', () => this.end())
    client.on('data', (chunk) => this.#greet(Buffer.from(chunk)))
    client.resume()
  }

  /** Ends both sides at once. */
  end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    clearTimeout(this.#timer)
    this.#client.destroy()
    this.#server?.destroy()
    this.#resolveEnded()
  }

  #greet(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    while (this.#received.length >= 8 && !this.#isEnded) {
      const length = this.#received.readInt32BE(0)
      if (length < 8 || length > greetingBytesMax) this.end()
      if (this.#isEnded || this.#received.length < length) return
      const greeting = this.#received.subarray(0, length)
      this.#received = this.#received.subarray(length)
      const code = greeting.readInt32BE(4)
      // No encryption on a socket between neighbours: the program goes on without, or goes. Who asks for more than both
      // kinds wants to keep somebody busy.
      if (code === codes.tls || code === codes.gss) {
        this.#declined += 1
        if (this.#declined > 2) this.end()
        else this.#client.write('N')
      } else {
        this.#client.removeAllListeners('data')
        this.#client.pause()
        this.#meetServer(code, greeting)
        return
      }
    }
  }

  #meetServer(code: number, greeting: Buffer): void {
    if (code === codes.cancel) this.#cancel(greeting)
    else this.#logIn(greeting)
  }

  /** The key in it is known to the session that it is meant for, and only a server of this sandbox's pod would take it. */
  #cancel(greeting: Buffer): void {
    this.#connect((server) => {
      server.end(greeting)
      server.once('close', () => this.end())
    })
  }

  #logIn(greeting: Buffer): void {
    const { user, database, secret } = this.#shared.target
    this.#connect((server) => {
      server.write(messages.startup({ ...parametersOf(greeting), user, database }))
      const login = new Login(secret)
      let received: Buffer = Buffer.alloc(0)
      const read = (chunk: Buffer) => {
        received = Buffer.concat([received, chunk])
        if (received.length > loginBytesMax) return this.end()
        const step = login.read(received)
        received = step.rest
        for (const answer of step.answers) server.write(answer)
        if (step.end === 'refused') this.end()
        else if (step.end === 'error') this.#client.end(received, () => this.end())
        else if (step.end === 'in') {
          server.off('data', read)
          this.#join(server, received)
        }
      }
      server.on('data', read)
    })
  }

  #connect(use: (server: Socket) => void): void {
    try {
      const server = connect({ path: this.#shared.target.socketPath() })
      this.#server = server
      server.on('error', () => this.end())
      server.on('close', () => this.end())
      server.once('connect', () => use(server))
    } catch {
      this.#client.end(messages.errorResponse('57P01', 'The database is gone'), () => this.end())
    }
  }

  /** From here on bytes only pass, as fast as the slower side takes them. */
  #join(server: Socket, fromServer: Buffer): void {
    clearTimeout(this.#timer)
    this.#pass(fromServer, this.#client, server)
    this.#pass(this.#received, server, this.#client)
    server.on('data', (chunk) => this.#pass(Buffer.from(chunk), this.#client, server))
    this.#client.on('data', (chunk) => this.#pass(Buffer.from(chunk), server, this.#client))
    server.on('drain', () => this.#client.resume())
    this.#client.on('drain', () => server.resume())
    this.#client.on('end', () => server.end())
    this.#client.resume()
  }

  #pass(chunk: Buffer, to: Socket, from: Socket): void {
    if (chunk.length === 0 || this.#isEnded) return
    const { budget } = this.#shared
    budget.bytesLeft -= chunk.length
    if (budget.bytesLeft < 0) this.end()
    else if (!to.write(chunk)) from.pause()
  }
}

/** The names and values of a greeting that a program may choose. */
function parametersOf(greeting: Buffer): Record<string, string> {
  const words = greeting.subarray(8).toString('utf8').split('\0')
  const parameters: Record<string, string> = {}
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [name = '', value = ''] = words.slice(at, at + 2)
    if (name === '') break
    if (!ownParameters.has(name) && !name.startsWith('_pq_.')) parameters[name] = value
  }
  return parameters
}

interface LoginStep {
  answers: Uint8Array[]
  /** What was not read; begins with a whole message. */
  rest: Buffer
  /** `in`: what follows is for the program. `error`: the server's refusal is. `refused`: it is no server of ours. */
  end: 'in' | 'error' | 'refused' | null
}

/** Logs in with SCRAM, which proves both ways. */
class Login {
  readonly #secret: string
  readonly #nonce = crypto.randomUUID()
  #final: ScramFinal | null = null
  #isAsked = false
  #isProven = false

  constructor(secret: string) {
    this.#secret = secret
  }

  read(received: Buffer): LoginStep {
    const answers: Uint8Array[] = []
    let rest = received
    while (rest.length >= 5) {
      const length = rest.readInt32BE(1)
      if (length < 4 || length > loginBytesMax) return { answers, rest, end: 'refused' }
      if (rest.length < length + 1) break
      const type = rest.toString('latin1', 0, 1)
      // The program must be told that it is in, too, so that message is left for it.
      if (type === 'E') return { answers, rest, end: 'error' }
      if (type !== 'R' || length < stepBytesMin) return { answers, rest, end: 'refused' }
      const body = new Body(rest.subarray(5, length + 1))
      const step = body.int32()
      if (step === 0) return { answers, rest, end: this.#isProven ? 'in' : 'refused' }
      const answer = this.#answer(step, body)
      if (answer === null) return { answers, rest, end: 'refused' }
      answers.push(...answer)
      rest = rest.subarray(length + 1)
    }
    return { answers, rest, end: null }
  }

  /** What to say to a step; null where the server asks for something else. */
  #answer(step: number, body: Body): Uint8Array[] | null {
    const said = () => body.slice(body.remaining).toString('utf8')
    if (step === 10 && !this.#isAsked) {
      this.#isAsked = true
      return [messages.saslInitial(`n,,${scramFirst(this.#nonce)}`)]
    }
    if (step === 11 && this.#isAsked && this.#final === null) {
      try {
        this.#final = scramFinal(this.#secret, this.#nonce, said())
      } catch {
        return null
      }
      return [messages.saslResponse(this.#final.message)]
    }
    if (step !== 12 || this.#final === null || !isServerProof(this.#final, said())) return null
    this.#isProven = true
    return []
  }
}
