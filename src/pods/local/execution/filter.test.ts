import { expect, test } from 'bun:test'
import { assembleFilter } from './filter.ts'
import { type Architecture, absentCalls, deniedCalls, examinedCalls, numberOf } from './syscalls.ts'

const [allow, kill, notPermitted, notThere, noFamily] = ['allow', 'kill', 'errno 1', 'errno 38', 'errno 97']
const audit: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 }

/** What the kernel would answer: its classic BPF, as far as filters use it. */
function answerTo(filter: Uint8Array, call: { number: number; audit: number; words?: readonly bigint[] }): string {
  const data = new DataView(new ArrayBuffer(64))
  data.setUint32(0, call.number, true)
  data.setUint32(4, call.audit, true)
  for (const [index, word] of (call.words ?? []).entries()) data.setBigUint64(16 + index * 8, word, true)
  const program = new DataView(filter.buffer, filter.byteOffset, filter.byteLength)
  let loaded = 0
  for (let at = 0; at < filter.length / 8; at += 1) {
    const operation = program.getUint16(at * 8, true)
    const operand = program.getUint32(at * 8 + 4, true)
    const jump = (isTrue: boolean) => {
      at += program.getUint8(at * 8 + (isTrue ? 2 : 3))
    }
    if (operation === 0x20) loaded = data.getUint32(operand, true)
    else if (operation === 0x15) jump(loaded === operand)
    else if (operation === 0x35) jump(loaded >= operand)
    else if (operation === 0x45) jump((loaded & operand) !== 0)
    else if (operation === 0x54) loaded &= operand
    else if (operation === 0x06) return verdictOf(operand)
    else throw new Error(`Unknown operation ${operation}`)
  }
  throw new Error('The program ran off its end')
}

function verdictOf(value: number): string {
  if (value === 0x7fff0000) return 'allow'
  if (value === 0x80000000) return 'kill'
  return `errno ${value - 0x00050000}`
}

for (const architecture of ['x64', 'arm64'] as const) {
  const filter = assembleFilter(architecture)
  const ask = (number: number, ...words: bigint[]) => answerTo(filter, { number, audit: audit[architecture], words })

  test(`the filter for ${architecture} refuses each call of its list and lets the others pass`, () => {
    for (let number = 0; number < 600; number += 1) {
      const isOf = (calls: typeof deniedCalls) => calls.some((call) => numberOf(call, architecture) === number)
      const expected = isOf(deniedCalls) ? notPermitted : isOf(absentCalls) || number >= 463 ? notThere : allow
      const { shmget: _, setsid: __, ...examined } = examinedCalls
      const isExamined = Object.values(examined).some((call) => call[architecture] === number)
      if (!isExamined) expect([number, ask(number)]).toEqual([number, expected])
    }
  })

  test(`the filter for ${architecture} looks at what is asked for`, () => {
    const { clone, socket, ioctl } = examinedCalls
    expect(ask(clone[architecture], 17n)).toBe(allow)
    expect(ask(clone[architecture], 0x3d0f00n)).toBe(allow)
    for (const flag of [0x20000n, 0x2000000n, 0x4000000n, 0x8000000n, 0x10000000n, 0x20000000n, 0x40000000n])
      expect(ask(clone[architecture], flag | 17n)).toBe(notPermitted)
    expect([1n, 2n, 10n].map((family) => ask(socket[architecture], family, 1n))).toEqual([allow, allow, allow])
    const internet = (...words: bigint[]) => ask(socket[architecture], 2n, ...words)
    for (const type of [1n, 2n, 0x80801n, 0x80802n])
      for (const protocol of [0n, 6n, 17n]) expect(internet(type, protocol)).toBe(allow)
    for (const protocol of [1n, 33n, 58n, 115n, 132n, 136n, 262n]) expect(internet(1n, protocol)).toBe('errno 93')
    for (const type of [0n, 3n, 4n, 5n, 6n, 10n, 0x80003n]) expect(internet(type)).toBe('errno 94')
    expect([16n, 17n, 38n, 40n].map((family) => ask(socket[architecture], family))).toEqual(Array(4).fill(noFamily))
    expect(ask(ioctl[architecture], 0n, 0x5401n)).toBe(allow)
    for (const request of [0x5412n, 0x541cn, 0xff_0000_5412n])
      expect(ask(ioctl[architecture], 0n, request)).toBe(notPermitted)
  })

  test(`the filter for one session on ${architecture} takes asking for another as done, and is the same otherwise`, () => {
    const filtered = assembleFilter(architecture, 'program in one session')
    for (let number = 0; number < 600; number += 1)
      expect(answerTo(filtered, { number, audit: audit[architecture] })).toBe(
        number === examinedCalls.setsid[architecture] ? 'errno 0' : ask(number),
      )
  })

  test(`the filter for servers on ${architecture} lets one small segment pass, and is the same otherwise`, () => {
    const server = assembleFilter(architecture, 'server')
    const { shmget } = examinedCalls
    const give = (number: number, ...words: bigint[]) => answerTo(server, { number, audit: audit[architecture], words })
    const sizes = [56n, 4095n, 4096n, 1n << 32n, (1n << 32n) + 56n]
    expect(sizes.map((size) => give(shmget[architecture], 1n, size))).toEqual([
      allow,
      allow,
      ...Array(3).fill(notPermitted),
    ])
    for (let number = 0; number < 600; number += 1)
      if (number !== shmget[architecture]) expect(give(number, 1n)).toBe(ask(number, 1n))
  })

  test(`the filter for ${architecture} kills whoever comes another way`, () => {
    const other = architecture === 'x64' ? audit.arm64 : audit.x64
    for (const foreign of [other, 0x40000003, 0]) expect(answerTo(filter, { number: 39, audit: foreign })).toBe(kill)
    if (architecture === 'x64') expect(ask(0x40000000 + 39)).toBe(kill)
  })
}
