/** Settings: where values come from, what is refused, and what the refusal says. */
import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultDataDir, type Machine } from './config/machine.ts'
import { withSettingsTable } from './config/settings-table.ts'
import { readConfig, readSettings, settingNames, settings, unknownVariables } from './config.ts'
import { Failure } from './failure.ts'

const machine: Machine = { memoryBytes: 8 * 1024 ** 3, cores: 2, userId: 1000, dataDir: '/home/ada/podium' }
const folder = mkdtempSync(join(tmpdir(), 'podium-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(env: Record<string, string>, flags: Record<string, string> = {}) {
  return readSettings({ env, flags, machine })
}

function refusal(env: Record<string, string>, flags: Record<string, string> = {}): string {
  try {
    readConfig({ env, flags, machine })
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
  return 'nothing was refused'
}

describe('where a value comes from', () => {
  test('without anything set, every setting has its default', () => {
    const { config, origins } = read({})
    expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', sandboxesMax: 200, queryTimeoutMs: 30_000 })
    expect(config).toMatchObject({ databaseUrl: null, memoryBudgetBytes: 4 * 1024 ** 3, runsAtOnceMax: 4 })
    expect(new Set(Object.values(origins))).toEqual(new Set(['default']))
  })

  test('a flag wins over the variable, and Podium’s own variable over the general one', () => {
    expect(read({ PODIUM_PORT: '4000' }, { port: '5000' }).config.port).toBe(5000)
    expect(read({ PODIUM_PORT: '4000', PORT: '80' }).config.port).toBe(4000)
    expect(read({ PORT: '80' })).toMatchObject({ config: { port: 80 }, origins: { port: 'PORT' } })
  })

  test('a secret may come from a file, without the file’s last line break', () => {
    const file = join(folder, 'url')
    writeFileSync(file, 'postgres://ada:pass@db/podium\n')
    const { config, origins } = read({ DATABASE_URL_FILE: file })
    expect(config.databaseUrl).toBe('postgres://ada:pass@db/podium')
    expect(origins.databaseUrl).toBe('DATABASE_URL_FILE')
  })

  test('a secret that is set twice, or whose file is not there, is refused', () => {
    expect(refusal({ DATABASE_URL: 'postgres://db/x', DATABASE_URL_FILE: '/x' })).toContain('both set')
    expect(refusal({ DATABASE_URL_FILE: join(folder, 'none') })).toContain('cannot be read')
  })

  test('the variables that Kubernetes sets for a service named podium are not taken for settings', () => {
    const env = { PODIUM_PORT: 'tcp://10.0.0.1:80', PODIUM_SERVICE_HOST: '10.0.0.1', PODIUM_PORT_80_TCP: 'tcp://x' }
    expect(read(env).config.port).toBe(3000)
    expect(unknownVariables(env)).toEqual([])
    expect(unknownVariables({ PODIUM_PROT: '1', PODIUM_METRICS_TOKEN_FILE: 'x' })).toEqual(['PODIUM_PROT'])
  })
})

describe('what is refused', () => {
  test('the message names the setting, its value and what is allowed', () => {
    expect(refusal({ PODIUM_PORT: 'http' })).toBe('PODIUM_PORT is "http"; it must be a whole number from 0 to 65535')
    expect(refusal({}, { rows: '-1' })).toBe('--rows is "-1"; it must be a whole number from 1 to 1000000')
  })

  test('all wrong settings are named at once', () => {
    expect(refusal({ PODIUM_PORT: 'x', PODIUM_ROWS: 'y' }).split('\n')).toHaveLength(2)
  })

  test('no amount can be zero, negative, empty, endless or not a number', () => {
    const amounts = settingNames.filter((name) => /(Max|Bytes|Ms)$/.test(name))
    expect(amounts.length).toBeGreaterThan(8)
    for (const name of amounts) {
      const { variable } = settings[name]
      for (const text of [
        '0',
        '0MB',
        '0s',
        '-1',
        '-1MB',
        '-1s',
        '',
        ' ',
        'NaN',
        'Infinity',
        'infMB',
        '1e309',
        'none',
      ]) {
        expect(refusal({ [variable]: text })).toContain(`${variable} is `)
      }
    }
  })

  test('a secret is not repeated in the message', () => {
    const message = refusal({ DATABASE_URL: 'mysql://ada:hunter2@db/x', PODIUM_METRICS_TOKEN: 'too-short' })
    expect(message).not.toContain('hunter2')
    expect(message).not.toContain('too-short')
    expect(message).toContain('DATABASE_URL is not allowed')
  })

  test.each([
    ['PODIUM_QUERY_TIMEOUT', '30'],
    ['PODIUM_SANDBOX_MEMORY', '512'],
    ['PODIUM_BASE_URL', 'https://podium.example/path'],
    ['PODIUM_BASE_URL', 'ftp://podium.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.1,,10.0.0.2'],
    ['ALLOWED_ORIGINS', '*'],
    ['PODIUM_GUESTS', 'maybe'],
    ['PODIUM_HOST', 'http://localhost'],
  ])('%s=%s is refused', (variable, text) => {
    expect(refusal({ [variable]: text })).toContain(`${variable} is ${JSON.stringify(text)}`)
  })
})

describe('how values are written', () => {
  test('sizes and durations have units', () => {
    const { config } = read({ PODIUM_RESULT_SIZE: '1.5MB', PODIUM_IMAGES_DISK: '2 GiB', PODIUM_QUERY_TIMEOUT: '2min' })
    expect(config).toMatchObject({ resultBytesMax: 1_572_864, imagesDiskBytes: 2 * 1024 ** 3, queryTimeoutMs: 120_000 })
  })

  test('lists are separated, and relative folders taken from the working directory', () => {
    const { config } = read({ TRUSTED_PROXIES: '10.0.0.0/8, ::1', EXERCISES_DIR: '/a:b' })
    expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1'])
    expect(config.exercisesDirs).toEqual(['/a', join(process.cwd(), 'b')])
  })

  test('a base URL loses its trailing slash', () => {
    expect(read({ PODIUM_BASE_URL: 'https://podium.example/' }).config.baseUrl).toBe('https://podium.example')
  })

  test('what is shown of a value is read back as the same value', () => {
    const { config } = read({})
    expect(settings.sandboxMemoryBytes.kind.show(config.sandboxMemoryBytes)).toBe('512MB')
    expect(settings.queryTimeoutMs.kind.show(90_000)).toBe('90s')
    expect(settings.resultBytesMax.kind.parse(settings.resultBytesMax.kind.show(1_572_864))).toBe(1_572_864)
  })

  test('no two settings share a variable or a flag', () => {
    const variables = settingNames.flatMap((name) => [settings[name].variable, ...(settings[name].alternatives ?? [])])
    const flags = settingNames.map((name) => settings[name].flag)
    expect(new Set(variables).size).toBe(variables.length)
    expect(new Set(flags).size).toBe(flags.length)
  })
})

test('README lists exactly these settings; bun src/build/settings-table.ts brings it to the present', async () => {
  const page = await Bun.file(join(import.meta.dir, '../README.md')).text()
  expect(page).toBe(withSettingsTable(page))
})

describe('where data goes', () => {
  const canWrite = () => true
  test('root keeps data in /var/lib, a person in the XDG folder or under home', () => {
    expect(defaultDataDir({ HOME: '/root' }, 0, canWrite)).toBe('/var/lib/podium')
    expect(defaultDataDir({ HOME: '/home/ada' }, 1000, canWrite)).toBe('/home/ada/.local/share/podium')
    expect(defaultDataDir({ HOME: '/home/ada', XDG_DATA_HOME: '/data' }, 1000, canWrite)).toBe('/data/podium')
  })

  test('without a home that can be written, data goes to the working directory, else to a folder of this user', () => {
    expect(defaultDataDir({}, 1000, canWrite)).toBe(join(process.cwd(), 'podium-data'))
    expect(defaultDataDir({ HOME: '/' }, 1000, canWrite)).toBe(join(process.cwd(), 'podium-data'))
    expect(defaultDataDir({ HOME: '/nowhere' }, 4711, () => false)).toBe(join(tmpdir(), 'podium-4711'))
  })
})
