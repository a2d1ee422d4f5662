import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BoxRuntime, ExecutionDriver } from '../pods/execution.ts'
import { contractLimits, runIn, shell, textOf } from '../pods/execution-contract.ts'
import { createLocalExecutionDriver } from '../pods/local/execution/execution-driver.ts'
import { silentLog } from '../telemetry/log.ts'
import type { SetAside } from './compile-cache.ts'
import { readRuntime } from './load-runtimes.ts'
import { openRuntimes } from './open-runtimes.ts'

setDefaultTimeout(120_000)

const home = mkdtempSync(join(tmpdir(), 'podium-cache-'))
chmodSync(home, 0o755)
let driver: ExecutionDriver

beforeAll(async () => {
  driver = await createLocalExecutionDriver({ directory: join(home, 'boxes'), hiddenPaths: [], log: silentLog })
})

afterAll(async () => {
  await driver.stop()
  rmSync(home, { recursive: true, force: true })
})

const filling =
  'mkdir -p $STORE/a/empty && date +%N > $STORE/a/made && ln -s /etc/passwd $STORE/link && mkfifo $STORE/pipe'

/** A language that is nothing but a shell, with a cache that this command fills; the box that compiles. */
async function compileBox(
  directory: string,
  make: string,
  { name = 'shell', setAside }: { name?: string; setAside?: SetAside } = {},
): Promise<BoxRuntime> {
  const text = `title: Shell
editor: sh
endings: [sh]
entry: main.sh
variants:
  - programs: { sh: [/bin/sh] }
    run: ["{sh}", "{entry}"]
    compile: ["{sh}", "{entry}"]
    cache: { variable: STORE, make: ["{sh}", "-c", ${JSON.stringify(make)}] }
    env: { STORE: /tmp/own }
`
  const { spec, problems } = readRuntime(name, `${name}.yaml`, text)
  if (spec === null) throw new Error(JSON.stringify(problems))
  const options = { specs: [spec], problems, directory: join(home, directory), roots: [], driver, log: silentLog }
  const opened = await (await openRuntimes({ ...options, ...(setAside && { setAside }) })).open(name)
  const [box] = await Promise.all([opened.compileBox(), opened.compileBox()])
  return box
}

const look = async (runtime: BoxRuntime, script: string) =>
  textOf((await runIn(driver, { argv: shell(script), limits: contractLimits }, { runtime })).stdout)

describe.if(Bun.which('bwrap') !== null)('the cache of a language', () => {
  test('is made once, and every box that compiles finds it', async () => {
    const first = await compileBox('once', filling)
    expect(await look(first, 'ls $STORE/a')).toBe('empty\nmade\n')
    const made = await look(first, 'cat $STORE/a/made')
    expect(await look(await compileBox('once', filling), 'cat $STORE/a/made')).toBe(made)
    expect(readdirSync(join(home, 'once/caches'))).toHaveLength(1)
  })

  test('has nothing but files and folders, and no program in a box can write there', async () => {
    const box = await compileBox('kept', filling)
    const [cache = ''] = readdirSync(join(home, 'kept/caches'))
    expect(readdirSync(join(home, 'kept/caches', cache))).toEqual(['a'])
    expect(lstatSync(join(home, 'kept/caches', cache, 'a/made')).mode & 0o777).toBe(0o444)
    const tries = ['echo x > $STORE/a/made', 'echo x > $STORE/new', 'rm $STORE/a/made', 'mv $STORE/a $STORE/b']
    const said = await look(box, tries.map((each) => `(${each}) 2>/dev/null && echo "done: ${each}"`).join('; '))
    expect(said).toBe('')
  })

  test('is another one where its command is, and that of before goes', async () => {
    await compileBox('changed', filling)
    const [before = ''] = readdirSync(join(home, 'changed/caches'))
    await compileBox('changed', `${filling} && true`)
    expect(readdirSync(join(home, 'changed/caches'))).not.toContain(before)
    expect(readdirSync(join(home, 'changed/caches'))).toHaveLength(1)
  })

  test('stays where another language’s is made whose name begins the same', async () => {
    await compileBox('names', filling, { name: 'shell-plus' })
    const box = await compileBox('names', filling)
    await compileBox('names', `${filling} && true`)
    const names = readdirSync(join(home, 'names/caches')).map((name) => name.replace(/-[^-]*$/, ''))
    expect(names.sort()).toEqual(['shell-', 'shell-plus-'])
    expect(box.binds).toHaveLength(1)
  })

  test('is made anew after a program that was killed while it made one, of which nothing is left then', async () => {
    const caches = join(home, 'killed/caches')
    for (const [name, hours] of Object.entries({ '.filling-long-ago': 25, '.filling-now': 23 })) {
      mkdirSync(join(caches, name), { recursive: true })
      utimesSync(join(caches, name), new Date(), new Date(Date.now() - hours * 3_600_000))
    }
    await compileBox('killed', filling)
    expect(readdirSync(caches).sort()).toEqual(['.filling-now', expect.stringMatching(/^shell-/)])
  })

  test('is made within the memory that is set aside for it', async () => {
    const asked: number[] = []
    const setAside: SetAside = async (bytesMax, body) => {
      asked.push(bytesMax)
      return await body(100 * 1024 ** 2)
    }
    const box = await compileBox('little', 'mkdir $STORE && ulimit -v > $STORE/made', { setAside })
    expect(asked).toEqual([768 * 1024 ** 2])
    // A program may map somewhat more than it may use.
    expect(Number(await look(box, 'cat $STORE/made'))).toBe((100 + 128) * 1024)
  })

  test('is gone without where it can’t be made', async () => {
    for (const make of ['exit 3', 'true']) {
      const box = await compileBox('broken', make)
      expect(await look(box, 'echo $STORE')).toBe('/tmp/own\n')
      expect(readdirSync(join(home, 'broken/caches'))).toEqual([])
    }
  })
})
