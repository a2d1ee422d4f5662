/**
 * What Podium says to a sandbox's server, in PostgreSQL's protocol, version 3.0. Only the handful of messages that a
 * session needs: the extended protocol for people's statements, the simple one for Podium's own.
 */

const encoder = new TextEncoder()

/** A zero-terminated string. */
function text(value: string): Uint8Array {
  const bytes = encoder.encode(value)
  const ended = new Uint8Array(bytes.length + 1)
  ended.set(bytes)
  return ended
}

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setInt32(0, value)
  return bytes
}

/** A message: its type, its length, its parts. The first message of a connection has no type. */
function message(type: string, ...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 4)
  return Buffer.concat([encoder.encode(type), int32(length), ...parts])
}

/** Begins a connection with these parameters. */
export function startup(parameters: Readonly<Record<string, string>>): Uint8Array {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => [text(name), text(value)])
  return message('', int32(196608), ...pairs, new Uint8Array(1))
}

/** Asks the server, on a connection of its own, to cancel what another connection runs. */
export function cancelRequest(processId: number, secretKey: Uint8Array): Uint8Array {
  return message('', int32(80877102), int32(processId), secretKey)
}

/** Begins SCRAM with the client's first message. */
export function saslInitial(first: string): Uint8Array {
  const bytes = encoder.encode(first)
  return message('p', text('SCRAM-SHA-256'), int32(bytes.length), bytes)
}

/** Goes on with SCRAM. */
export function saslResponse(final: string): Uint8Array {
  return message('p', encoder.encode(final))
}

/** One or more statements of Podium's own. */
export function simpleQuery(sql: string): Uint8Array {
  return message('Q', text(sql))
}

/** One statement by the extended protocol, at most `rowsMax` of its rows, everything as text. */
export function extendedQuery(sql: string, rowsMax: number): Uint8Array {
  return Buffer.concat([
    message('P', text(''), text(sql), new Uint8Array(2)),
    message('B', text(''), text(''), new Uint8Array(6)),
    message('D', encoder.encode('P'), text('')),
    message('E', text(''), int32(rowsMax)),
    message('S'),
  ])
}

/** Ends an extended exchange; the server answers with ReadyForQuery. */
export function sync(): Uint8Array {
  return message('S')
}

/** A piece of what COPY FROM STDIN reads. */
export function copyData(bytes: Uint8Array): Uint8Array {
  return message('d', bytes)
}

export function copyDone(): Uint8Array {
  return message('c')
}

/** Refuses COPY FROM STDIN; the statement fails with this reason. */
export function copyFail(reason: string): Uint8Array {
  return message('f', text(reason))
}

/** Says goodbye. */
export function terminate(): Uint8Array {
  return message('X')
}

/** What a server says to refuse a connection: the code and the sentence. Used where Podium itself stands in for one. */
export function errorResponse(code: string, sentence: string): Uint8Array {
  const field = (letter: string, value: string) => Buffer.concat([encoder.encode(letter), text(value)])
  const fields = [field('S', 'FATAL'), field('V', 'FATAL'), field('C', code), field('M', sentence)]
  return message('E', ...fields, new Uint8Array(1))
}
