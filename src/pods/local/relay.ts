/**
 * A relay: a unix socket on which a program in a box reaches one sandbox database, as the sandbox's own role and without
 * a password. Whatever user and database the program asks for, it gets these, so no address it can think of leads to
 * another database. Connections, bytes and time are bounded; the socket lies in a directory of its own, which only
 * boxes' user can enter and which goes with it.
 */
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { giveTo, identityFor } from '../../postgres/identity.ts'
import type { Relay, RelayLimits } from '../driver.ts'
import { errorResponse } from '../wire/messages.ts'
import { randomName } from './names.ts'
import { RelaySession, type RelayTarget } from './relay-session.ts'

/** A relay of this machine. */
export interface LocalRelay extends Relay {
  /** Resolves when it is closed, by whomever. */
  readonly closed: Promise<void>
}

/** Opens a relay below the directory. Throws where no socket can be made there. */
export async function openRelay(directory: string, target: RelayTarget, limits: RelayLimits): Promise<LocalRelay> {
  const folder = join(directory, randomName(''))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const sockets = new Set<Socket>()
  const sessions = new Set<RelaySession>()
  const waiting = new Set<Waiting>()
  const shared: Shared = { sessions, waiting, target, limits, budget: { bytesLeft: limits.bytesMax } }
  let opened = 0
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    opened += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Then the kernel refuses the rest: to accept as fast as a program can ask would leave no time for anybody else.
    if (opened >= openedMax) server.close()
    accept(socket, shared)
  })
  const socketPath = join(folder, 's')
  const { promise: closed, resolve: noteClosed } = Promise.withResolvers<void>()
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    noteClosed()
    clearTimeout(timer)
    // Else the end of a session would let the next one in.
    waiting.clear()
    for (const session of sessions) session.end()
    for (const socket of sockets) socket.destroy()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const timer = setTimeout(() => void close(), limits.timeoutMs)
  try {
    await listen(server, socketPath)
    chmodSync(socketPath, 0o600)
    const identity = identityFor('execution')
    for (const path of [socketPath, folder]) giveTo(identity, path)
  } catch (error) {
    await close()
    throw error
  }
  return {
    socketPath,
    closed,
    get connections() {
      return sessions.size
    },
    close,
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      // What goes wrong with one connection is that connection's.
      server.on('error', () => undefined)
      resolve()
    })
  })
}

interface Shared {
  sessions: Set<RelaySession>
  /** Connections beyond the most there may be: they wait a moment for one that is about to end. */
  waiting: Set<Waiting>
  target: RelayTarget
  limits: RelayLimits
  budget: { bytesLeft: number }
}

interface Waiting {
  socket: Socket
  timer: Timer
}

/** How many connections a program opens, one after the other. */
const openedMax = 500
/** How many wait. */
const waitingMax = 32
/** Who is refused has sent a greeting; whoever goes on talking is cut off. */
const refusedBytesMax = 64 * 1024

function accept(socket: Socket, given: Shared): void {
  const { sessions, waiting, limits, budget } = given
  socket.on('error', () => undefined)
  if (budget.bytesLeft <= 0) refuse(socket, '53400', 'The program has moved all the bytes that it may')
  else if (sessions.size < limits.connectionsMax) serve(socket, given)
  else if (waiting.size >= waitingMax) refuseAnother(socket, given)
  else {
    const giveUp = () => {
      waiting.delete(place)
      refuseAnother(socket, given)
    }
    const place: Waiting = { socket, timer: setTimeout(giveUp, limits.waitMs) }
    waiting.add(place)
    socket.on('close', () => {
      clearTimeout(place.timer)
      waiting.delete(place)
    })
  }
}

function serve(socket: Socket, given: Shared): void {
  const { sessions, waiting } = given
  const session = new RelaySession(socket, given)
  sessions.add(session)
  session.ended.then(() => {
    sessions.delete(session)
    const [next] = waiting
    if (next === undefined) return
    waiting.delete(next)
    clearTimeout(next.timer)
    serve(next.socket, given)
  })
}

function refuseAnother(socket: Socket, { limits }: Shared): void {
  refuse(socket, '53300', `A program has at most ${limits.connectionsMax} connections at once`)
}

/** Says why. What the other side says is read, for only so it is noticed that it has gone. */
function refuse(socket: Socket, code: string, sentence: string): void {
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
    if (bytes > refusedBytesMax) socket.destroy()
  })
  socket.end(errorResponse(code, sentence))
  socket.resume()
}
