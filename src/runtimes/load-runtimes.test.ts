import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { embeddedText, listEmbedded } from '../embedded.ts'
import { asArgument, fillCommand, stemOf } from './commands.ts'
import { askOnHost, findRuntime, isOlder } from './find-runtimes.ts'
import { loadRuntimes, readRuntime } from './load-runtimes.ts'
import { publishedSchemas } from './runtime-file.ts'

const prefix = 'exercises/'
const builtin = {
  name: 'exercises',
  list: () => listEmbedded(prefix).map((name) => name.slice(prefix.length)),
  text: (path: string) => embeddedText(prefix + path),
}
const minimal = `title: Lua
editor: lua
endings: [lua]
entry: main.lua
variants:
  - programs: { lua: [/usr/bin/lua] }
    run: ["{lua}", "{entry}"]
`

test('the built-in runtimes have no problem', () => {
  const { specs, problems } = loadRuntimes([builtin])
  expect(problems).toEqual([])
  const names = ['bash', 'c', 'cpp', 'go', 'java', 'javascript', 'python', 'rust', 'typescript']
  expect(specs.map(({ name }) => name).sort()).toEqual(names)
})

test('a further language is a small file', () => {
  const lua = { name: 'mine', list: () => ['runtimes/lua.yaml', 'joins/track.yaml'], text: () => minimal }
  const { specs, problems } = loadRuntimes([builtin, lua])
  expect(problems).toEqual([])
  expect(specs.find(({ name }) => name === 'lua')?.variants[0]?.run).toEqual(['{lua}', '{entry}'])
})

test('a second file for a language is a problem and the first stays', () => {
  const other = { name: 'mine', list: () => ['runtimes/python.yaml'], text: () => minimal }
  const { specs, problems } = loadRuntimes([builtin, other])
  expect(problems).toEqual([
    {
      file: 'mine/runtimes/python.yaml',
      line: null,
      key: null,
      message: 'There is a runtime "python" already; rename this file',
    },
  ])
  expect(specs.find(({ name }) => name === 'python')?.title).toBe('Python')
})

test.each([
  ['a key that is unknown', `${minimal}colour: red\n`, 'colour', 8],
  [
    'a program in a home folder',
    minimal.replace('/usr/bin/lua', '/home/ada/bin/lua'),
    'variants[0].programs.lua[0]',
    6,
  ],
  [
    "a program in root's home folder",
    minimal.replace('/usr/bin', '/root/.cargo/bin'),
    'variants[0].programs.lua[0]',
    6,
  ],
  ['a relative program', minimal.replace('/usr/bin/lua', 'lua'), 'variants[0].programs.lua[0]', 6],
  ['a place that nothing fills', minimal.replace('{entry}', '{file}'), 'variants[0].run', 7],
  ['a limit of nothing', `${minimal}limits: { seconds: 0 }\n`, 'limits.seconds', 8],
  ['a negative limit', `${minimal}limits: { memory_mb: -1 }\n`, 'limits.memory_mb', 8],
  ['a limit that is no number', `${minimal}limits: { processes: .nan }\n`, 'limits.processes', 8],
  ['an endless limit', `${minimal}limits: { processes: .inf }\n`, 'limits.processes', 8],
  ['no way to have it', minimal.replace(/variants:[\s\S]*/, 'variants: []\n'), 'variants', 5],
])('a file with %s is a problem with line and key', (_what, text, key, line) => {
  const { spec, problems } = readRuntime('lua', 'lua.yaml', text)
  expect(problems).toMatchObject([{ file: 'lua.yaml', key, line }])
  if (spec !== null)
    expect(loadRuntimes([{ name: '', list: () => ['runtimes/lua.yaml'], text: () => text }]).specs).toEqual([])
})

test('a command gets its values as arguments, never as words of a shell', () => {
  const values = { cc: '/usr/bin/gcc', entry: 'a b; rm -r .c', stem: stemOf('src/a.b.c') }
  expect(fillCommand(['{cc}', '-o', '{stem}.out', '{files}', '{entry}', '{other}'], values, ['x.c', '$(y).c'])).toEqual(
    ['/usr/bin/gcc', '-o', 'a.b.out', 'x.c', '$(y).c', 'a b; rm -r .c', '{other}'],
  )
  expect([asArgument('-rf.py'), asArgument('main.py'), stemOf('.hidden')]).toEqual(['./-rf.py', 'main.py', '.hidden'])
})

test('versions are compared by their numbers', () => {
  expect(isOlder('3.9.1', '3.10')).toBe(true)
  expect(isOlder('3.10', '3.10')).toBe(false)
  expect(isOlder('20.1.0', '18')).toBe(false)
})

test('a runtime that is not here says which programs are missing', async () => {
  const spec = readRuntime('lua', 'lua.yaml', minimal.replace('/usr/bin/lua', '/usr/bin/no-such-lua')).spec
  if (spec === null) throw new Error('The file has problems')
  const around = { roots: [], bunVersion: null, askOnHost, askInRoot: async () => null }
  expect(await findRuntime(spec, around)).toEqual({ reason: 'there is no /usr/bin/no-such-lua' })
})

test.each(Object.keys(publishedSchemas))('the published %s says what the reader takes', async (name) => {
  const file = Bun.file(join(import.meta.dir, '../../exercises', name))
  const written = `${JSON.stringify(publishedSchemas[name], null, 2)}\n`
  if (process.env['PODIUM_WRITE_SCHEMAS'] === '1') await file.write(written)
  expect(await file.text()).toBe(written)
})
