/** What podium doctor concludes from a machine's facts, and that it runs on this one. */
import { afterAll, describe, expect, test } from 'bun:test'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../doctor.ts'
import { checkTools, checkUserNamespaces } from './boxes.ts'
import { checkDataContent } from './content.ts'
import { checkDataDirectory, checkDiskRoom } from './disk.ts'
import { type Finding, mendsFor, readSystem } from './finding.ts'
import { checkLanguage } from './languages.ts'
import { checkClock, checkOpenFiles } from './machine.ts'
import { checkMemoryLimits, checkMemoryRoom, readMemoryGroup } from './memory.ts'
import { checkPort } from './port.ts'
import { checkBox, checkControlGroups, checkFilter } from './programs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'podium-doctor-test-'))
chmodSync(scratch, 0o755)
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
const gigabyte = 1024 ** 3
const noSwitches = { appArmorRestricts: null, unprivilegedClone: null, userNamespacesMax: null }

function mendText(finding: Finding, osRelease: string): string {
  return mendsFor(finding, readSystem(osRelease, ''))
    .map(({ text }) => text)
    .join('; ')
}

describe('the mend', () => {
  const lacking = checkTools(() => null)
  test('is the command of this system, and every system’s where it is not known', () => {
    expect(mendText(lacking, 'ID=ubuntu\nID_LIKE=debian\n')).toMatch(/^apt-get install [\w -]+$/)
    expect(mendText(lacking, 'ID=fedora\n')).toMatch(/^dnf install [\w -]+$/)
    expect(mendText(lacking, 'ID="arch"\n')).toMatch(/^pacman -S [\w -]+$/)
    expect(mendText(lacking, 'ID=plan9\n').split('; ')).toHaveLength(3)
  })

  test('of a wrong clock is another one in WSL', () => {
    const wrong = checkClock(0, Date.now())
    const system = readSystem('ID=ubuntu\n', 'Linux version 5.15 (root@microsoft)')
    expect(system.isWsl).toBe(true)
    expect(mendsFor(wrong, system).map(({ text }) => text)).toContainEqual(expect.stringContaining('wsl --shutdown'))
  })
})

describe('isolation', () => {
  test('user namespaces that are switched off are found, with the switch', () => {
    expect(checkUserNamespaces({ ...noSwitches, userNamespacesMax: '0' }, false).state).toBe('weaker')
    const debian = checkUserNamespaces({ ...noSwitches, unprivilegedClone: '0' }, false)
    expect(debian.mends[0]?.text).toContain('kernel.unprivileged_userns_clone=1')
    expect(checkUserNamespaces({ ...noSwitches, userNamespacesMax: '96000' }, false).state).toBe('ok')
  })

  test('Ubuntu’s restriction by AppArmor is named', () => {
    expect(checkUserNamespaces({ ...noSwitches, appArmorRestricts: '1' }, false).found).toContain('AppArmor')
  })

  test('without a box code exercises are off, and the mend is the system’s', () => {
    expect(checkBox({ problem: null, countsInKernel: true }).state).toBe('ok')
    const absent = checkBox({ problem: 'bubblewrap (bwrap) is not installed', countsInKernel: false })
    expect([absent.state, absent.meaning]).toEqual(['weaker', expect.stringContaining('Code exercises are off')])
    expect(mendText(absent, 'ID=debian\n')).toBe('apt-get install bubblewrap util-linux')
    expect(mendText(absent, 'ID=fedora\n')).toBe('dnf install bubblewrap util-linux')
    expect(mendText(absent, 'ID=arch\n')).toBe('pacman -S bubblewrap util-linux')
    const refused = checkBox({ problem: 'bwrap: setting up uid map: Permission denied', countsInKernel: false })
    const windows = readSystem('ID=ubuntu\n', 'Linux version 4.4.0 (Microsoft)')
    expect(mendsFor(refused, windows).map(({ text }) => text)).toContainEqual(expect.stringContaining('--set-version'))
    expect(checkBox({ problem: 'bubblewrap is older than 0.7', countsInKernel: false }).mends).toHaveLength(1)
  })

  test('without control groups and filters Podium says what that means', () => {
    expect(checkControlGroups({ problem: null, countsInKernel: true }).state).toBe('ok')
    expect(checkControlGroups({ problem: null, countsInKernel: false }).mends[0]?.text).toContain('Delegate=')
    expect(checkFilter('kill_process kill_thread trap errno trace log allow\n').state).toBe('ok')
    expect(checkFilter(null).state).toBe('weaker')
  })

  test('without the small tools Podium does not run', () => {
    expect(checkTools((name) => (name === 'setpriv' ? null : name))).toMatchObject({
      state: 'missing',
      found: 'setpriv not found',
    })
  })
})

describe('disk room', () => {
  const config = { dataDir: '/', diskReserveBytes: 8 * gigabyte }
  test('below the reserve is weaker, and says what is refused and how to keep less', () => {
    expect(checkDiskRoom(config, 9 * gigabyte).state).toBe('ok')
    const low = checkDiskRoom(config, 7 * gigabyte)
    expect([low.state, low.meaning]).toEqual(['weaker', expect.stringContaining('runs and checks are refused')])
    expect(low.mends.map(({ text }) => text)).toContainEqual(expect.stringContaining('--disk-reserve'))
    expect(checkDiskRoom(config, gigabyte / 4).state).toBe('missing')
  })
})

describe('memory', () => {
  const budget = { memoryBudgetBytes: 4 * gigabyte }
  test('too little free memory for the budget is weaker', () => {
    expect(checkMemoryRoom(budget, 'MemAvailable:    8000000 kB\n').state).toBe('ok')
    expect(checkMemoryRoom(budget, 'MemAvailable:    1000000 kB\n').state).toBe('weaker')
  })

  test('a group limit below the budget is weaker, none or a roomy one is ok', () => {
    const group = { version: 2 as const, isWritable: false }
    expect(checkMemoryLimits(budget, { ...group, limitBytes: 2 * gigabyte }).state).toBe('weaker')
    expect(checkMemoryLimits(budget, { ...group, limitBytes: 8 * gigabyte }).state).toBe('ok')
    expect(checkMemoryLimits(budget, { ...group, limitBytes: null }).state).toBe('ok')
  })

  test('the limit is read in version 1 and 2 of control groups', () => {
    const files = (entries: Record<string, string>) => (path: string) => entries[path] ?? null
    const version2 = files({
      '/proc/self/cgroup': '0::/system.slice/podium.service\n',
      '/sys/fs/cgroup/system.slice/podium.service/memory.max': `${gigabyte}\n`,
    })
    expect(readMemoryGroup(version2)).toMatchObject({ version: 2, limitBytes: gigabyte })
    const version1 = files({
      '/proc/self/cgroup': '9:memory:/\n0::/\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    })
    expect(readMemoryGroup(version1)).toMatchObject({ version: 1, limitBytes: null })
    const unlimited = files({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/memory.max': 'max\n' })
    expect(readMemoryGroup(unlimited)).toMatchObject({ version: 2, limitBytes: null })
  })
})

describe('the data directory', () => {
  test('that does not exist will be made; one of another user or open to everybody is told', () => {
    expect(checkDataDirectory(join(scratch, 'new')).found).toContain('will be made')
    const open = join(scratch, 'open')
    mkdirSync(open)
    chmodSync(open, 0o777)
    expect(checkDataDirectory(open).state).toBe('weaker')
    if (process.getuid?.() === 0) chownSync(open, 4712, 4712)
    expect(checkDataDirectory(open, 4711)).toMatchObject({ state: 'missing' })
  })

  test('that is a file, or has things of somebody else in it, is told before the start', () => {
    const folder = join(scratch, 'letters')
    const letter = join(folder, 'letter.txt')
    mkdirSync(folder)
    writeFileSync(letter, 'dear')
    expect(checkDataDirectory(letter)).toMatchObject({ state: 'missing', found: `${letter} is a file` })
    expect(checkDataDirectory(folder).found).toBe(`${folder} is not Podium's: it has letter.txt`)
  })

  test('that cannot be made is to be made by root, and nothing above it is given away', () => {
    const system = join(scratch, 'system')
    mkdirSync(system, { mode: 0o555 })
    // Root may write anywhere.
    if (process.getuid?.() === 0) return
    const { found, mends } = checkDataDirectory(join(system, 'podium'))
    expect(found).toContain('is not there, and cannot be made')
    expect(JSON.stringify(mends)).toContain(`-m 700 ${join(system, 'podium')}`)
    expect(JSON.stringify(mends)).not.toContain('chown')
  })

  test('that servers cannot enter is told to root', () => {
    const closed = join(scratch, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    expect(checkDataDirectory(join(closed, 'data'), 0).found).toContain(`cannot enter ${closed}`)
  })

  test('of another PostgreSQL names both versions and the way over', () => {
    const old = join(scratch, 'old')
    mkdirSync(join(old, 'control'), { recursive: true })
    writeFileSync(join(old, 'control', 'PG_VERSION'), '17\n')
    const finding = checkDataContent(old, '18.4')
    expect(finding).toMatchObject({ state: 'missing', found: 'of PostgreSQL 17; this Podium carries 18.4' })
    expect(finding.mends[0]?.text).toContain('podium backup')
  })

  test('that a process holds names the process; the name alone is not believed', () => {
    const held = join(scratch, 'held')
    mkdirSync(join(held, 'control'), { recursive: true })
    writeFileSync(join(held, 'control', 'PG_VERSION'), '18\n')
    writeFileSync(join(held, 'lock'), `${process.pid}\n`)
    expect(checkDataContent(held, '18.4').found).toBe('of PostgreSQL 18')
    openSync(join(held, 'lock'), 'r')
    expect(checkDataContent(held, '18.4').found).toContain(`in use by process ${process.pid}`)
  })
})

describe('the rest of the machine', () => {
  test('a port that another program has is missing, with the flag that chooses another', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const finding = await checkPort({ host: '127.0.0.1', port })
    await new Promise((resolve) => server.close(resolve))
    expect(finding.state).toBe('missing')
    expect(finding.mends[0]?.text).toContain('--port')
    expect((await checkPort({ host: '127.0.0.1', port })).state).toBe('ok')
    expect((await checkPort({ host: '192.0.2.1', port })).state).toBe('missing')
  })

  test('few open files and a clock before the program was made are weaker', () => {
    expect(checkOpenFiles('Max open files            1024                 4096                 files\n').state).toBe(
      'weaker',
    )
    expect(checkOpenFiles('Max open files            unlimited            unlimited            files\n').state).toBe(
      'ok',
    )
    expect(checkClock(Date.UTC(2001, 0, 1)).state).toBe('weaker')
    expect(checkClock().state).toBe('ok')
  })

  test('podium doctor --json examines this machine and leaves nothing behind', async () => {
    const lines: string[] = []
    const dataDir = join(scratch, 'data')
    const code = await run({
      words: [],
      flags: { json: 'on', data: dataDir, port: '0' },
      env: {},
      print: (line) => lines.push(line),
      readInput: async () => null,
    })
    const report = JSON.parse(lines.join('\n'))
    expect(report.items.length).toBeGreaterThan(10)
    expect(code).toBe(report.canServe ? 0 : 1)
    expect(await Array.fromAsync(new Bun.Glob('**/.podium-doctor*').scan({ cwd: scratch, dot: true }))).toEqual([])
  }, 30_000)
})

test('a language that is not here is told with what is missing and what installs it', () => {
  const runtime = {
    name: 'rust',
    title: 'Rust',
    version: null,
    problem: 'Rust is not here: there is no /usr/bin/rustc. Install it: apt-get install rustc (Debian, Ubuntu)',
    install: { debian: 'rustc', fedora: 'rust', arch: 'rust' },
    editorMode: 'rust',
    endings: ['rs'],
    entry: 'main.rs',
    isCompiled: true,
    frameworks: [],
    limits: {},
    compileLimits: {},
  }
  const finding = checkLanguage(runtime)
  expect(finding).toMatchObject({ item: 'Rust', state: 'weaker', found: 'there is no /usr/bin/rustc' })
  expect(mendText(finding, 'ID=fedora\n')).toBe('dnf install rust')
  expect(checkLanguage({ ...runtime, version: '1.90.0', problem: null })).toMatchObject({
    state: 'ok',
    found: '1.90.0',
  })
})
