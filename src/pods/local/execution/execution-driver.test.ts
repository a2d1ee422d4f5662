import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { silentLog } from '../../../telemetry/log.ts'
import type { BoxRuntime, ExecutionDriver } from '../../execution.ts'
import {
  contractLimits,
  describeExecutionDriver,
  fileOf,
  jobOf,
  plainRuntime,
  runIn,
  shell,
  textOf,
} from '../../execution-contract.ts'
import { createLocalExecutionDriver } from './execution-driver.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-boxes-'))
chmodSync(home, 0o711)
const isBoxable = Bun.which('bwrap') !== null
const python = '/usr/bin/python3'

afterAll(() => rmSync(home, { recursive: true, force: true }))

const open = (name: string, usesGroups = true) =>
  createLocalExecutionDriver({ directory: join(home, name), hiddenPaths: [], log: silentLog, usesGroups })

if (isBoxable) {
  describeExecutionDriver('local', () => open('grouped', true))
  describeExecutionDriver('local, without control groups', () => open('watched', false))
}

/** A warm program as short as can be: takes the frames, writes the files, becomes the job. */
const warmProgram = `
import json, os
os.write(5, b'ready\\n')
def read(count):
    data = b''
    while len(data) < count:
        part = os.read(4, count - len(data))
        if not part:
            os._exit(0)
        data += part
    return data
while True:
    letter, length = read(1), int.from_bytes(read(4), 'big')
    body = read(length)
    if letter == b'J':
        job = json.loads(body)
    elif letter == b'F':
        end = 2 + int.from_bytes(body[:2], 'big')
        path = body[2:end]
        os.makedirs(os.path.dirname(path) or b'.', exist_ok=True)
        with open(path, 'wb') as file:
            file.write(body[end + 1:])
        os.chmod(path, 0o755 if body[end] else 0o644)
    else:
        break
for descriptor in [4, 5] + ([] if job['hasChannel'] else [3]):
    os.close(descriptor)
os.environ.update(job['env'])
os.environ['WAS_WARM'] = 'yes'
os.execvpe(job['argv'][0], job['argv'], os.environ)`

describe.if(isBoxable && existsSync(python))('Warm boxes', () => {
  let driver: ExecutionDriver
  beforeAll(async () => {
    driver = await open('warm')
  })
  afterAll(() => driver.stop())
  const warm: BoxRuntime = { ...plainRuntime, key: 'warm', warm: { argv: [python, '-I', '-S', '-c', warmProgram] } }

  test('give their job to the program that waits', async () => {
    const argv = shell('echo "$WAS_WARM $NAME"; ./a/b; cat; echo told >&3', 'x')
    const files = [fileOf('a/b', '#!/bin/sh\necho ran', true)]
    const stdin = new TextEncoder().encode('input')
    const job = { argv, files, stdin, env: { NAME: 'given\n' }, hasChannel: true }
    const { stdout, stderr, channel, end } = await runIn(driver, job, { runtime: warm })
    expect([textOf(stdout), textOf(stderr), textOf(channel), end]).toEqual([
      'yes given\n\nran\ninput',
      '',
      'told\n',
      'exited',
    ])
  })

  test('keep a job within its own limits, which may be smaller than the box’s', async () => {
    const limits = { openFilesMax: 20, fileBytesMax: 1024, processesMax: 3 }
    const argv = shell('ulimit -n; ulimit -f; ulimit -u 2>/dev/null || ulimit -p')
    const { stdout } = await runIn(driver, { argv, limits }, { runtime: warm })
    expect(textOf(stdout)).toBe('20\n2\n5\n')
    const box = await driver.startBox(warm, { limits: contractLimits, databaseSocket: null })
    await Bun.sleep(50)
    const { limit } = await box.run(jobOf({ argv: shell('while :; do :; done'), limits: { cpuMs: 200 } }))
    expect(limit).toEqual({ name: 'cpuMs', value: 200 })
  })

  test('leave jobs with archives to a box without', async () => {
    const first = await runIn(driver, { argv: shell('echo "$WAS_WARM" > made'), archives: true }, { runtime: warm })
    const second = await runIn(driver, { argv: ['cat', 'made'], archive: first.archive }, { runtime: warm })
    expect(textOf(second.stdout)).toBe('\n')
    expect((await driver.usage()).boxes).toBe(0)
  })

  test('do not start with a program that does not wait', async () => {
    const broken = { ...warm, warm: { argv: ['/bin/sh', '-c', 'echo it is broken >&2; exit 1'] } }
    await expect(driver.startBox(broken, { limits: contractLimits, databaseSocket: null })).rejects.toThrow(
      'A box did not start: it is broken',
    )
    expect((await driver.usage()).boxes).toBe(0)
  })
})

describe.if(isBoxable)('What a box shows', () => {
  let driver: ExecutionDriver
  beforeAll(async () => {
    driver = await open('shown')
  })
  afterAll(() => driver.stop())

  test('is what its runtime binds, read-only, and a database’s socket', async () => {
    const folder = join(home, 'tools')
    mkdirSync(folder)
    writeFileSync(join(folder, 'tool'), 'a tool')
    chmodSync(folder, 0o755)
    const socketPath = join(home, 'socket')
    const server = Bun.listen({ unix: socketPath, socket: { data: () => {} } })
    chmodSync(socketPath, 0o666)
    const places = ['/opt/tools', '/etc/tools', '/usr/local/tools', '/run/podium/tools']
    const binds = places.map((to) => ({ from: folder, to }))
    const runtime = { ...plainRuntime, binds, env: { TOOL: '/opt/tools/tool' } }
    const box = await driver.startBox(runtime, { limits: contractLimits, databaseSocket: socketPath })
    const script =
      'cat "$TOOL"; echo x > "$TOOL"; cat /etc/tools/tool /usr/local/tools/tool /run/podium/tools/tool; test -S /run/podium/.s.PGSQL.5432 && echo " socket"'
    const { stdout, stderr } = await box.run(jobOf({ argv: shell(script) }))
    expect(textOf(stdout)).toBe('a toola toola toola tool socket\n')
    expect(textOf(stderr)).toContain('Read-only file system')
    server.stop(true)
  })

  test('is a root filesystem of its own where the runtime has one, and nothing of the host', async () => {
    const root = join(home, 'root')
    const programs = ['/bin/sh', '/bin/cat', '/bin/ls', '/bin/tar', '/bin/uname'].map((path) => Bun.which(path) ?? path)
    for (const path of [...programs, ...programs.flatMap(librariesOf)]) {
      mkdirSync(dirname(root + path), { recursive: true })
      if (!existsSync(root + path)) cpSync(path, root + path, { dereference: true })
    }
    mkdirSync(join(root, 'etc'))
    writeFileSync(join(root, 'etc/own'), 'its own')
    symlinkSync('etc/own', join(root, 'link'))
    Bun.spawnSync(['chmod', '-R', 'a+rX', root])
    const runtime = { ...plainRuntime, key: 'root', root }
    const argv = ['/bin/sh', '-c', 'cat given /link; ls / /etc; echo x > /etc/own']
    const { stdout, stderr, end } = await runIn(driver, { argv, files: [fileOf('given', 'given ')] }, { runtime })
    expect([end, textOf(stdout)]).toEqual([
      'exited',
      expect.stringMatching(
        /^given its own\/:\nbin\ndev\netc\n(lib\n)?(lib64\n)?link\nproc\ntmp\n(usr\n)?work\n\n\/etc:\nown\n$/,
      ),
    ])
    expect(textOf(stderr)).toContain('Read-only file system')
  })

  test('is nothing of what Podium hides', async () => {
    const hidden = ['/usr/share/doc', '/usr/bin/env'].filter((path) => existsSync(path))
    const options = { directory: join(home, 'hiding'), hiddenPaths: [...hidden, '/usr/share/none'], log: silentLog }
    const hiding = await createLocalExecutionDriver(options)
    const script = 'for path in "$@"; do ls -A "$path" 2>/dev/null; head -c 1 "$path" 2>/dev/null; done; echo end'
    const { stdout } = await runIn(hiding, { argv: shell(script, '/usr/share/doc') })
    expect(textOf(stdout)).toBe('end\n')
    const env = await runIn(hiding, { argv: shell('head -c 4 /usr/bin/env | wc -c') })
    expect(textOf(env.stdout).trim()).toBe('0')
    await hiding.stop()
  })
})

/** The libraries of a program, as its loader names them. */
function librariesOf(path: string): string[] {
  const said = Bun.spawnSync(['ldd', path]).stdout.toString()
  return [...said.matchAll(/(\/\S+) \(0x/g)].map(([, library]) => library ?? '')
}
