/**
 * A connection to a sandbox's server, over its socket. Podium speaks the protocol itself here, for three reasons: bytes
 * are counted below everything else and the declared length of a message is checked before it is kept; a server that a
 * learner controls must prove that it knows the secret (an ordinary client takes "no password needed" for an answer);
 * and COPY, transaction state and early stops are the session's to decide.
 */
import type { Socket } from 'bun'
import { Body, readFields } from './body.ts'
import * as messages from './messages.ts'
import { isServerProof, type ScramFinal, scramFinal, scramFirst } from './scram.ts'
import { ServerError, WireError } from './wire-error.ts'

/**
 * What may come until somebody allows more: for logging in, for saying nothing in between, for one answer to Podium. Also
 * the longest single message where there is no other limit.
 */
export const ownBytesMax = 4 * 1024 * 1024
/** A message's type and length. */
const headerBytes = 5
const endTimeoutMs = 1_000
const connectTimeoutMs = 5_000

/** How to open a connection. */
export interface WireOptions {
  /** Path of the socket. */
  path: string
  user: string
  database: string
  /** Null only while an image is built: nobody else's statement has run in that server yet. */
  secret: string | null
  /** Settings for this session, for example `application_name`. */
  parameters?: Readonly<Record<string, string>>
  /** After this time without being ready the attempt fails. */
  timeoutMs?: number
}

/** Receives each message of an exchange; may answer with `wire.send`. */
export type MessageHandler = (type: string, body: Body) => void

interface Exchange {
  handler: MessageHandler
  resolve: () => void
  reject: (error: WireError) => void
}

/** `I`: no transaction. `T`: in one. `E`: in a failed one. */
export type TransactionStatus = 'I' | 'T' | 'E'

/** One connection. At most one exchange at a time. After `closed` every exchange rejects with the reason. */
export class Wire {
  processId = 0
  secretKey: Uint8Array = new Uint8Array(4)
  status: TransactionStatus = 'I'
  /** Bytes that may still come before the connection is cut; a whole run shares one budget. Never without one by itself: a
   * hostile server may send on a connection that nobody asked anything. */
  bytesLeft = ownBytesMax
  /** Set once the connection has ended. */
  failure: WireError | null = null
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>
  private readonly resolveClosed: () => void
  private readonly socket: Socket<undefined>
  private exchange: Exchange | null = null
  private chunks: Buffer[] = []
  private chunksBytes = 0
  /** Nothing can be read before this many bytes are here: a large message is put together once, not at every chunk. */
  private neededBytes = headerBytes
  private unsent: Uint8Array[] = []

  constructor(socket: Socket<undefined>) {
    this.socket = socket
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    this.resolveClosed = resolve
  }

  /** Sends bytes and hands every answer to `handler` until the server is ready again. Rejects with `WireError`. */
  converse(bytes: Uint8Array, handler: MessageHandler): Promise<void> {
    if (this.failure) return Promise.reject(this.failure)
    if (this.exchange) return Promise.reject(new WireError('protocol', 'Another exchange is under way'))
    return new Promise((resolve, reject) => {
      this.exchange = { handler, resolve, reject }
      this.send(bytes)
    })
  }

  /** Sends more within an exchange; keeps what the socket does not take yet. */
  send(bytes: Uint8Array): void {
    if (this.failure) return
    if (this.unsent.length > 0) {
      this.unsent.push(bytes)
      return
    }
    const written = Math.max(this.socket.write(bytes), 0)
    if (written < bytes.length) this.unsent.push(bytes.subarray(written))
  }

  /** Whether the socket is behind with sending. */
  get isBehind(): boolean {
    return this.unsent.length > 0
  }

  /** The socket takes more. */
  drain(): void {
    const waiting = this.unsent
    this.unsent = []
    for (const bytes of waiting) this.send(bytes)
  }

  /** Ends the connection at once. Whatever is under way rejects with `error`. */
  destroy(error: WireError = new WireError('closed', 'The connection was closed')): void {
    if (this.failure) return
    this.failure = error
    this.unsent = []
    this.chunks = []
    this.socket.terminate()
    const waiting = this.exchange
    this.exchange = null
    waiting?.reject(error)
    this.resolveClosed()
  }

  /** Says goodbye; resolves when the server has ended the session, or after `endTimeoutMs` without waiting further. */
  async end(): Promise<void> {
    if (this.failure) return
    this.send(messages.terminate())
    const timer = setTimeout(() => this.destroy(), endTimeoutMs)
    await this.closed
    clearTimeout(timer)
  }

  /** Bytes came in. */
  receive(chunk: Buffer): void {
    if (this.failure) return
    this.bytesLeft -= chunk.length
    if (this.bytesLeft < 0) {
      this.destroy(overBudget())
      return
    }
    this.chunks.push(Buffer.from(chunk))
    this.chunksBytes += chunk.length
    if (this.chunksBytes < this.neededBytes) return
    try {
      this.readMessages(this.chunks.length === 1 ? (this.chunks[0] ?? chunk) : Buffer.concat(this.chunks))
    } catch (error) {
      this.destroy(error instanceof WireError ? error : new WireError('protocol', String(error)))
    }
  }

  private readMessages(bytes: Buffer): void {
    let at = 0
    this.neededBytes = headerBytes
    while (bytes.length - at >= headerBytes && !this.failure) {
      const length = bytes.readInt32BE(at + 1)
      if (length < 4) throw new WireError('protocol', 'The server sent a malformed message')
      const end = at + 1 + length
      // The declared length decides before anything is kept: a 1 GB value never gets into memory.
      const mayCome = Number.isFinite(this.bytesLeft) ? this.bytesLeft : ownBytesMax
      if (end - bytes.length > mayCome) throw overBudget()
      if (end > bytes.length) {
        this.neededBytes = end - at
        break
      }
      this.take(String.fromCharCode(bytes[at] ?? 0), new Body(bytes.subarray(at + headerBytes, end)))
      at = end
    }
    const rest = bytes.subarray(at)
    this.chunks = rest.length > 0 && !this.failure ? [rest] : []
    this.chunksBytes = this.failure ? 0 : rest.length
  }

  private take(type: string, body: Body): void {
    if (type === 'S') return
    if (type !== 'Z') {
      this.exchange?.handler(type, body)
      return
    }
    this.status = transactionStatus(body.int8())
    const waiting = this.exchange
    this.exchange = null
    waiting?.resolve()
  }
}

/** Runs Podium's own statements and returns the last result's rows as text. Throws `ServerError` or `WireError`. */
export async function query(wire: Wire, sql: string): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = []
  let failure: ServerError | null = null
  await wire.converse(messages.simpleQuery(sql), (type, body) => {
    if (type === 'D') rows.push(readRow(body))
    else if (type === 'E') failure = new ServerError(readFields(body))
    else if (type === 'G') wire.send(messages.copyFail('COPY FROM STDIN is not available here'))
  })
  if (failure) throw failure
  return rows
}

function readRow(body: Body): (string | null)[] {
  return Array.from({ length: body.int16() }, () => {
    const length = body.int32()
    return length < 0 ? null : body.slice(length).toString('utf8')
  })
}

/** Opens a connection that has proved both ways that the other side knows the secret. Throws `WireError`. */
export async function openWire(options: WireOptions): Promise<Wire> {
  const wire = await connect(options.path)
  const timeoutMs = options.timeoutMs ?? connectTimeoutMs
  const timer = setTimeout(() => wire.destroy(new WireError('timeout', 'The server did not answer in time')), timeoutMs)
  try {
    await logIn(wire, options)
    return wire
  } catch (error) {
    wire.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** Asks the server to cancel what `wire` runs. Never throws: who needs certainty goes on to terminate. */
export async function sendCancel(path: string, wire: Wire): Promise<void> {
  try {
    const canceller = await connect(path)
    canceller.send(messages.cancelRequest(wire.processId, wire.secretKey))
    // The server closes this connection when it has passed the request on.
    setTimeout(() => canceller.destroy(), 1_000).unref()
  } catch {
    // The server is gone or full; terminating comes next.
  }
}

async function logIn(wire: Wire, options: WireOptions): Promise<void> {
  const nonce = crypto.randomUUID()
  let isAsked = false
  let final: ScramFinal | null = null
  let isProven = options.secret === null
  const greeting = messages.startup({ user: options.user, database: options.database, ...options.parameters })
  await wire.converse(greeting, (type, body) => {
    if (type === 'K') {
      wire.processId = body.int32()
      wire.secretKey = Uint8Array.from(body.slice(Math.min(body.remaining, 256)))
    }
    if (type === 'E') throw startError(readFields(body))
    if (type !== 'R') return
    const step = body.int32()
    // Each step once: an answer costs a key derivation, and a flood of challenges would be a flood of work.
    if (step === 10 && !isAsked) {
      isAsked = true
      wire.send(messages.saslInitial(`n,,${scramFirst(nonce)}`))
    } else if (step === 11 && final === null && options.secret !== null) {
      final = scramFinal(options.secret, nonce, body.slice(body.remaining).toString('utf8'))
      wire.send(messages.saslResponse(final.message))
    } else if (step === 12)
      isProven = final !== null && isServerProof(final, body.slice(body.remaining).toString('utf8'))
    else if (step !== 0 || !isProven) throw unproven()
  })
  if (!isProven) throw unproven()
}

function unproven(): WireError {
  return new WireError('authentication', 'The server did not prove that it is the right one')
}

function startError(fields: Map<string, string>): WireError {
  const code = fields.get('C') ?? ''
  const message = fields.get('M') ?? 'The server refused the connection'
  if (code === '57P03') return new WireError('starting', message)
  return new WireError(code.startsWith('28') ? 'authentication' : 'refused', message)
}

async function connect(path: string): Promise<Wire> {
  const holder: { wire: Wire | null } = { wire: null }
  try {
    const socket = await Bun.connect({
      unix: path,
      socket: {
        data: (_socket, chunk) => holder.wire?.receive(chunk),
        drain: () => holder.wire?.drain(),
        close: () => holder.wire?.destroy(),
        end: () => holder.wire?.destroy(),
        error: (_socket, error) => holder.wire?.destroy(new WireError('closed', error.message)),
      },
    })
    holder.wire = new Wire(socket)
    return holder.wire
  } catch (error) {
    throw new WireError('refused', error instanceof Error ? error.message : String(error))
  }
}

function transactionStatus(code: number): TransactionStatus {
  const letter = String.fromCharCode(code)
  return letter === 'T' || letter === 'E' ? letter : 'I'
}

function overBudget(): WireError {
  return new WireError('budget', 'The server sent more than is allowed')
}
