/** The command line: what is understood, what is refused, and what help and `podium config` say. */
import { describe, expect, test } from 'bun:test'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settingNames, settings } from '../config.ts'
import { Failure } from '../failure.ts'
import { helpFor, helpForAll } from './help.ts'
import { nearest, parseCommandLine } from './parse.ts'
import { commands } from './table.ts'

function parse(...argv: string[]) {
  const { command, words, flags, wantsHelp } = parseCommandLine(argv, commands)
  return { name: command.name, words, flags, wantsHelp }
}

function refusal(...argv: string[]): string {
  try {
    parseCommandLine(argv, commands)
  } catch (error) {
    if (error instanceof Failure && error.code === 'usage') return error.message
    throw error
  }
  return 'nothing was refused'
}

async function podium(args: string[], env: Record<string, string> = {}) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, '../main.ts'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nowhere', ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { stdout, stderr, code }
}

test('the help of a family of commands lists them', async () => {
  for (const args of [
    ['user', '--help'],
    ['help', 'user'],
  ]) {
    const { stdout, code } = await podium(args)
    expect(code).toBe(0)
    expect(stdout).toContain('Usage: podium user COMMAND')
    for (const word of ['add', 'password', 'role', 'token']) expect(stdout).toContain(`user ${word} NAME`)
  }
})

describe('what is understood', () => {
  test('without a command, podium serves', () => {
    expect(parse()).toEqual({ name: 'serve', words: [], flags: {}, wantsHelp: false })
    expect(parse('--port', '4000').flags).toEqual({ port: '4000' })
  })

  test('flags may come anywhere, with a space or an equals sign', () => {
    const expected = { name: 'user add', words: ['ada'], flags: { role: 'admin', data: '/d' }, wantsHelp: false }
    expect(parse('user', 'add', '--role=admin', 'ada', '--data', '/d')).toEqual(expected)
    expect(parse('user', 'add', 'ada', '--data=/d', '--role', 'admin')).toMatchObject(expected)
  })

  test('a word that begins with a dash comes after two dashes', () => {
    expect(parse('backup', '--', '-file').words).toEqual(['-file'])
  })

  test('help is understood whatever else is missing', () => {
    expect(parse('user', 'add', '--help')).toMatchObject({ name: 'user add', wantsHelp: true })
  })
})

describe('what is refused', () => {
  test.each([
    [['sevre'], 'There is no command sevre. Did you mean serve? See podium --help.'],
    [['user'], 'podium user needs one more word: add, password, role, token.'],
    [['user', 'remove'], 'There is no command user remove: add, password, role, token.'],
    [['--prot', '1'], '--prot is not a flag of podium serve. Did you mean --port?'],
    [['-x'], '-x is not a flag of podium serve.'],
    [['--port'], '--port needs a value.'],
    [['--port', '--data'], '--port needs a value.'],
    [['--port', '1', '--port=2'], '--port is given twice.'],
    [['doctor', '--json=yes'], '--json takes no value.'],
    [['backup'], 'FILE is missing: podium backup FILE [options]'],
    [['backup', 'a', 'b'], 'There is one word too many, "b": podium backup FILE [options]'],
  ])('podium %p', (argv, message) => {
    expect(refusal(...argv)).toBe(message)
  })

  test('a far-off word gets no suggestion', () => {
    expect(nearest('zebra', ['serve', 'doctor'])).toBeNull()
  })
})

describe('help', () => {
  test('lists every command, and serve every setting with its variable, flag and default', () => {
    for (const command of commands) expect(helpForAll(commands)).toContain(command.summary.split(' ')[0] ?? '')
    const text = helpFor(commands[0]).replaceAll(/\s+/g, ' ')
    for (const name of settingNames) {
      expect(text).toContain(`--${settings[name].flag} `)
      expect(text).toContain(settings[name].variable)
      expect(text).toContain(`Default: ${settings[name].initialText}.`)
    }
  })

  test('keeps within 100 columns', () => {
    for (const command of commands) {
      for (const line of helpFor(command).split('\n')) expect(line.length).toBeLessThanOrEqual(100)
    }
  })

  test('needs neither data nor a valid setting', async () => {
    const { stdout, code } = await podium(['--help'], { PODIUM_PORT: 'broken' })
    expect(code).toBe(0)
    expect(stdout).toContain('podium COMMAND --help')
  })
})

describe('podium from outside', () => {
  test('an unknown command or flag ends with 2 and one sentence', async () => {
    expect(await podium(['sevre'])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('serve?') })
    expect(await podium(['help', 'sevre'])).toMatchObject({ code: 2 })
  })

  test('a wrong setting ends with 2 and names it', async () => {
    const { stderr, code } = await podium(['config'], { PODIUM_ROWS: '0' })
    expect(code).toBe(2)
    expect(stderr).toBe('podium: PODIUM_ROWS is "0"; it must be a whole number from 1 to 1000000\n')
  })

  test('podium config says where values come from, hides secrets and names strange variables', async () => {
    const strange = { PODIUM_PROT: '1', PODIUM_MOON: 'full' }
    const env = { DATABASE_URL: 'postgres://ada:hunter2@db/podium', PODIUM_PORT: '4000', ...strange }
    const { stdout, stderr } = await podium(['config', '--rows', '7'], env)
    expect(stdout).toMatch(/^PODIUM_PORT +4000 +PODIUM_PORT$/m)
    expect(stdout).toMatch(/^PODIUM_ROWS +7 +--rows$/m)
    expect(stdout).toMatch(/^DATABASE_URL +\(hidden\) +DATABASE_URL$/m)
    expect(stdout + stderr).not.toContain('hunter2')
    expect(stderr).toContain('PODIUM_PROT is set, but it is not a setting of Podium. Did you mean PODIUM_PORT?\n')
    expect(stderr).toContain('PODIUM_MOON is set, but it is not a setting of Podium.\n')
  })

  test('podium config --json is for machines', async () => {
    const { stdout } = await podium(['config', '--json'], { PODIUM_GUESTS: 'off' })
    expect(JSON.parse(stdout)).toContainEqual({
      name: 'guests',
      variable: 'PODIUM_GUESTS',
      flag: '--guests',
      value: 'off',
      origin: 'PODIUM_GUESTS',
    })
  })

  test('podium check names a file that can not be read with its track, whatever folder it was given', async () => {
    const root = mkdtempSync(join(tmpdir(), 'podium-check-'))
    chmodSync(root, 0o755)
    const dataset = join(root, 'clinic/datasets/wards')
    const exercise = join(root, 'clinic/beds')
    for (const folder of [dataset, exercise]) mkdirSync(folder, { recursive: true })
    writeFileSync(join(root, 'clinic/track.yaml'), 'title: Clinic\n')
    const files = {
      'exercise.yaml': 'title: Beds\nkind: sql\ndifficulty: easy\ndataset: wards\n',
      'description.md': 'Count them.\n',
      'solution.sql': 'SELECT count(*) FROM bed;\n',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(exercise, name), text)
    writeFileSync(join(dataset, '10-dump.sql'), 'PGDMP')
    for (const folder of [root, join(root, 'clinic'), exercise]) {
      const { stdout, code } = await podium(['check', folder, '--data', join(root, 'data')])
      expect(stdout).toContain(`content  ${dataset}/10-dump.sql: This can't be read. It is a dump in another format`)
      expect(code).toBe(1)
    }
    rmSync(root, { recursive: true })
  })

  test('podium version names what it carries', async () => {
    expect((await podium(['--version'])).stdout).toMatch(
      /^podium \d+\.\d+\.\d+ \(PostgreSQL .+, Bun 1\.\d+\.\d+, linux-\w+\)\n$/,
    )
  })
})
