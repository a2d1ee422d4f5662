/**
 * The seccomp filter of a box: a classic BPF program, assembled here, that the kernel runs at each system call. It is
 * given to bubblewrap as bytes; every start needs a file descriptor of its own, for it is read to its end.
 */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Architecture,
  absentCalls,
  allowedFamilies,
  allowedProtocols,
  allowedSocketTypes,
  deniedCalls,
  deniedRequests,
  examinedCalls,
  firstUnknownCall,
  internetFamilies,
  namespaceFlags,
  numberOf,
} from './syscalls.ts'

/** One instruction: operation, how far to jump where it holds and where it does not, an operand. */
type Instruction = readonly [operation: number, ifTrue: number, ifFalse: number, operand: number]

const loadWord = 0x20
const jumpIfEqual = 0x15
const jumpIfAtLeast = 0x35
const jumpIfAnyBit = 0x45
const answer = 0x06
const keepBits = 0x54

const allow = 0x7fff0000
const killProcess = 0x80000000
const refuse = (errno: number) => 0x00050000 + errno
const notPermitted = refuse(1)
const notThere = refuse(38)
const noSuchFamily = refuse(97)
const noSuchProtocol = refuse(93)
const noSuchType = refuse(94)
const nothingDone = refuse(0)

/** Where things lie in `struct seccomp_data`; arguments are 64 bits wide, of which the kernel reads the low half here. */
const offsets = { number: 0, architecture: 4, firstArgument: 16, secondArgument: 24, thirdArgument: 32 }
const auditArchitectures: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 }
/** Numbers from here on are the x32 calls, a second set under the same architecture. */
const firstOfX32 = 0x40000000

/**
 * `server`: a PostgreSQL server marks its data directory as taken with a System V segment of a few bytes. `program in one
 * session`: asking for another session does nothing, for where no control group divides the processor, the kernel divides it
 * by session, and a box with many would have many parts.
 */
export type FilterPurpose = 'program' | 'program in one session' | 'server'

/** More than that segment has; as memory it would not be counted. */
const segmentBytesMax = 4096

/** The filter for an architecture, as the kernel reads it. */
export function assembleFilter(architecture: Architecture, purpose: FilterPurpose = 'program'): Uint8Array {
  const program = instructions(architecture, purpose)
  const bytes = new Uint8Array(program.length * 8)
  const view = new DataView(bytes.buffer)
  for (const [index, [operation, ifTrue, ifFalse, operand]] of program.entries()) {
    view.setUint16(index * 8, operation, true)
    view.setUint8(index * 8 + 2, ifTrue)
    view.setUint8(index * 8 + 3, ifFalse)
    view.setUint32(index * 8 + 4, operand, true)
  }
  return bytes
}

/** Writes the filter for servers into a directory, for whoever may read there; returns its path. */
export function writeServerFilter(directory: string): string {
  const path = join(directory, 'filter')
  writeFileSync(path, assembleFilter(ownArchitecture(), 'server'))
  // Whatever the umask: it is no secret, and servers run as another user.
  chmodSync(path, 0o644)
  return path
}

/** The architecture that this program runs on. */
export function ownArchitecture(): Architecture {
  return process.arch === 'arm64' ? 'arm64' : 'x64'
}

function instructions(architecture: Architecture, purpose: FilterPurpose): Instruction[] {
  const { shmget, clone, socket, socketpair, ioctl, setsid } = examinedCalls
  const families = [
    ...allowedFamilies.flatMap((family) =>
      when(jumpIfEqual, family, internetFamilies.includes(family) ? internetSockets : ending(allow)),
    ),
    ...ending(noSuchFamily),
  ]
  return [
    [loadWord, 0, 0, offsets.architecture],
    [jumpIfEqual, 1, 0, auditArchitectures[architecture]],
    ...ending(killProcess),
    [loadWord, 0, 0, offsets.number],
    ...(architecture === 'x64' ? when(jumpIfAtLeast, firstOfX32, ending(killProcess)) : []),
    ...(purpose === 'server' ? when(jumpIfEqual, shmget[architecture], smallSegments) : []),
    ...(purpose === 'program in one session' ? when(jumpIfEqual, setsid[architecture], ending(nothingDone)) : []),
    ...numbers(deniedCalls, architecture).flatMap((number) => when(jumpIfEqual, number, ending(notPermitted))),
    ...when(jumpIfAtLeast, firstUnknownCall, ending(notThere)),
    ...numbers(absentCalls, architecture).flatMap((number) => when(jumpIfEqual, number, ending(notThere))),
    ...when(jumpIfEqual, clone[architecture], [
      [loadWord, 0, 0, offsets.firstArgument],
      ...when(jumpIfAnyBit, namespaceFlags, ending(notPermitted)),
      ...ending(allow),
    ]),
    ...[socket, socketpair].flatMap((call) =>
      when(jumpIfEqual, call[architecture], [[loadWord, 0, 0, offsets.firstArgument], ...families]),
    ),
    ...when(jumpIfEqual, ioctl[architecture], [
      [loadWord, 0, 0, offsets.secondArgument],
      ...deniedRequests.flatMap((request) => when(jumpIfEqual, request, ending(notPermitted))),
      ...ending(allow),
    ]),
    ...ending(allow),
  ]
}

/** Asking for other protocols makes the kernel load what it has for them. */
const internetSockets: readonly Instruction[] = [
  [loadWord, 0, 0, offsets.secondArgument],
  [keepBits, 0, 0, 0xf],
  ...oneOf(allowedSocketTypes, noSuchType),
  [loadWord, 0, 0, offsets.thirdArgument],
  ...oneOf(allowedProtocols, noSuchProtocol),
  ...ending(allow),
]

/** Goes on where the loaded word is one of these. */
function oneOf(values: readonly number[], otherwise: number): Instruction[] {
  const jumps = values.map((value, index): Instruction => [jumpIfEqual, values.length - index, 0, value])
  return [...jumps, ...ending(otherwise)]
}

const smallSegments: readonly Instruction[] = [
  [loadWord, 0, 0, offsets.secondArgument],
  [jumpIfAtLeast, 0, 1, segmentBytesMax],
  ...ending(notPermitted),
  [loadWord, 0, 0, offsets.secondArgument + 4],
  [jumpIfEqual, 1, 0, 0],
  ...ending(notPermitted),
  ...ending(allow),
]

/** Instructions that are run only where the loaded word passes. */
function when(test: number, operand: number, then: readonly Instruction[]): Instruction[] {
  return [[test, 0, then.length, operand], ...then]
}

function ending(verdict: number): Instruction[] {
  return [[answer, 0, 0, verdict]]
}

function numbers(calls: readonly Parameters<typeof numberOf>[0][], architecture: Architecture): number[] {
  return calls.map((call) => numberOf(call, architecture)).filter((number) => number !== null)
}
