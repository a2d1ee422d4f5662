/** Importing root filesystems of people one does not know. */
import { afterAll, beforeEach, expect, test } from 'bun:test'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import { importRoot } from './import-root.ts'
import { resolveInRoot } from './place.ts'
import { rootDirectories } from './roots.ts'

const scratch = mkdtempSync(join(tmpdir(), 'podium-import-'))
const outside = join(scratch, 'outside')
let directory = ''
let count = 0
beforeEach(() => {
  count += 1
  directory = join(scratch, `runtimes-${count}`)
  rmSync(outside, { recursive: true, force: true })
  mkdirSync(outside)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Item {
  path: string
  type?: string
  content?: string
  target?: string
  mode?: number
}

/** A tar as anybody could write it. */
function tarOf(items: readonly Item[]): Buffer {
  const blocks = items.flatMap(({ path, type = '0', content = '', target = '', mode = 0o755 }) => {
    const header = Buffer.alloc(512)
    header.write(path, 0)
    header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100)
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124)
    header.write('        ', 148)
    header.write(type, 156)
    header.write(target, 157)
    header.write('ustar\x0000', 257, 'latin1')
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512)
    body.write(content)
    return [header, body]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

const usual: Item[] = [
  { path: './', type: '5' },
  { path: './usr/bin/', type: '5' },
  { path: './bin', type: '2', target: 'usr/bin' },
  { path: './usr/bin/dash', content: 'shell' },
  { path: './usr/bin/sh', type: '2', target: 'dash' },
  { path: './usr/bin/tar', content: 'tar' },
]

async function importTar(
  items: readonly Item[],
  change: (tar: Buffer) => Uint8Array = (tar) => tar,
  name = 'my os.tar',
) {
  const file = join(scratch, name)
  writeFileSync(file, change(tarOf([...usual, ...items])))
  return await importRoot(file, directory)
}

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'it worked',
    (error: unknown) => (error instanceof Failure ? error.message : `not a Failure: ${String(error)}`),
  )
}

test.each([
  ['plain', 'os.tar', (tar: Buffer) => tar],
  ['gzip', 'os.tar.gz', (tar: Buffer) => Bun.gzipSync(new Uint8Array(tar))],
  ['zstd', 'os.tar.zst', (tar: Buffer) => Bun.zstdCompressSync(tar)],
])('a %s tar is imported whole', async (_what, name, change) => {
  const imported = await importTar([{ path: 'bin/hello', content: 'hi' }], change, name)
  expect(imported.path).toBe(join(directory, 'roots/os'))
  expect(readFileSync(join(imported.path, 'usr/bin/hello'), 'utf8')).toBe('hi')
  expect(resolveInRoot(imported.path, '/bin/sh')).toBe('/usr/bin/dash')
  expect(rootDirectories(directory)).toEqual([imported.path])
})

test('a directory is imported as it is, links as links', async () => {
  const source = join(scratch, 'tree')
  mkdirSync(join(source, 'bin'), { recursive: true })
  for (const name of ['sh', 'tar']) writeFileSync(join(source, 'bin', name), name, { mode: 0o755 })
  symlinkSync('/etc/passwd', join(source, 'secret'))
  const { path } = await importRoot(source, directory)
  expect(readlinkSync(join(path, 'secret'))).toBe('/etc/passwd')
  expect(readFileSync(join(path, 'bin/sh'), 'utf8')).toBe('sh')
})

test('importing the same name again replaces what was there', async () => {
  await importTar([{ path: 'old', content: '' }])
  const { path } = await importTar([{ path: 'new', content: '' }])
  expect([existsSync(join(path, 'old')), existsSync(join(path, 'new'))]).toEqual([false, true])
  expect(readdirSync(join(directory, 'roots'))).toEqual(['my-os'])
})

test('what a killed import left long ago goes with the next one, and no import under way', async () => {
  for (const [name, hours] of Object.entries({ '.filling-long-ago': 25, '.filling-now': 23 })) {
    mkdirSync(join(directory, 'roots', name, 'usr'), { recursive: true })
    utimesSync(join(directory, 'roots', name), new Date(), new Date(Date.now() - hours * 3_600_000))
  }
  await importTar([])
  expect(readdirSync(join(directory, 'roots')).sort()).toEqual(['.filling-now', 'my-os'])
})

test('long names of both kinds, names with odd letters and empty files are kept', async () => {
  const long = `${'folder/'.repeat(30)}file`
  const pax = `path=usr/żółć\n`
  const { path } = await importTar([
    { path: '././@LongLink', type: 'L', content: `${long}\0` },
    { path: 'cut', content: 'long' },
    { path: 'pax', type: 'x', content: `${pax.length + 7} ${pax}` },
    { path: 'cut', content: 'odd' },
    { path: 'line\nbreak', content: '' },
  ])
  expect(readFileSync(join(path, long), 'utf8')).toBe('long')
  expect(readFileSync(join(path, 'usr/żółć'), 'utf8')).toBe('odd')
  expect(existsSync(join(path, 'line\nbreak'))).toBe(true)
})

test('no file keeps the right to become another user or to be changed by others', async () => {
  const { path } = await importTar([{ path: 'usr/bin/su', content: 'x', mode: 0o6777 }])
  expect(statSync(join(path, 'usr/bin/su')).mode & 0o7777).toBe(0o755)
})

test('devices and FIFOs are passed over and counted', async () => {
  const { path, skipped } = await importTar([
    { path: 'null', type: '3' },
    { path: 'disk', type: '4' },
    { path: 'pipe', type: '6' },
  ])
  expect(skipped).toBe(3)
  expect(existsSync(join(path, 'null'))).toBe(false)
})

test('an absolute name is one below the top', async () => {
  const { path } = await importTar([{ path: '/etc/motd', content: 'hello' }])
  expect(readFileSync(join(path, 'etc/motd'), 'utf8')).toBe('hello')
})

test('a link that leads out is followed by nothing here: what is written below it stays inside', async () => {
  const { path } = await importTar([
    { path: 'inner/outside', type: '5' },
    { path: 'evil', type: '2', target: '../../../../../../inner/outside' },
    { path: 'evil/file', content: 'x' },
    { path: 'absolute', type: '2', target: '/inner/outside' },
    { path: 'absolute/other', content: 'y' },
    { path: 'swapped', type: '2', target: outside },
    { path: 'swapped', content: 'z' },
  ])
  expect(readdirSync(join(path, 'inner/outside')).sort()).toEqual(['file', 'other'])
  expect(readdirSync(outside)).toEqual([])
  expect(readFileSync(join(path, 'swapped'), 'utf8')).toBe('z')
})

const refusals: [string, Item[], string][] = [
  ['a name with ..', [{ path: '../escape', content: 'x' }], 'leads out'],
  ['a name with .. further in', [{ path: 'usr/../../escape', content: 'x' }], 'leads out'],
  ['a hard link that leads out', [{ path: 'passwd', type: '1', target: '../../../etc/passwd' }], 'leads out'],
  ['a hard link to a file of this machine', [{ path: 'x', type: '1', target: '/etc/hostname' }], 'is not there'],
  [
    'a hard link over a link to a file of this machine',
    [
      { path: 'hole', type: '2', target: '/etc' },
      { path: 'x', type: '1', target: 'hole/hostname' },
    ],
    'is not there',
  ],
  [
    'a file below a link to this machine',
    [
      { path: 'hole', type: '2', target: outside },
      { path: 'hole/x', content: 'x' },
    ],
    'link to nowhere',
  ],
  ['a file below a file', [{ path: 'usr/bin/sh/x', content: 'x' }], 'leads over a file'],
]

test.each(refusals)('%s is refused, and nothing is left', async (_what, items, reason) => {
  expect(await reasonOf(importTar(items))).toContain(reason)
  expect(readdirSync(outside)).toEqual([])
  expect(readdirSync(join(directory, 'roots'))).toEqual([])
  expect(existsSync(join(directory, 'escape'))).toBe(false)
})

test.each([
  ['is cut off', (tar: Buffer) => tar.subarray(0, tar.length - 1536)],
  ['is damaged', (tar: Buffer) => Buffer.concat([tar.subarray(0, 100), Buffer.from('!'), tar.subarray(101)])],
  ['is no tar', () => Buffer.from('hello'.repeat(1000))],
  ['is xz', () => Buffer.from('fd377a585a00', 'hex')],
  ['is broken gzip', (tar: Buffer) => Bun.gzipSync(new Uint8Array(tar)).subarray(0, 60)],
])('a file that %s is refused with the reason', async (_what, change) => {
  expect(await reasonOf(importTar([{ path: 'a', content: 'x' }], change))).toMatch(
    /^The (archive|root filesystem) can’t be/,
  )
  expect(readdirSync(join(directory, 'roots'))).toEqual([])
})

test('what has no shell and no tar is refused, for no box could start in it', async () => {
  const file = join(scratch, 'empty.tar')
  writeFileSync(file, tarOf([{ path: 'readme', content: 'x' }]))
  expect(await reasonOf(importRoot(file, directory))).toContain('it has no /bin/sh and no /bin/tar')
  expect(await reasonOf(importRoot(join(scratch, 'nowhere'), directory))).toContain('neither a directory nor a file')
})
