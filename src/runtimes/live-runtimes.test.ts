import { afterAll, beforeAll, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecutionDriver } from '../pods/execution.ts'
import { createLocalExecutionDriver } from '../pods/local/execution/execution-driver.ts'
import { silentLog } from '../telemetry/log.ts'
import { openLiveRuntimes } from './live-runtimes.ts'
import { loadRuntimes } from './load-runtimes.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-live-'))
chmodSync(home, 0o755)
let driver: ExecutionDriver

beforeAll(async () => {
  driver = await createLocalExecutionDriver({ directory: join(home, 'boxes'), hiddenPaths: [], log: silentLog })
})

afterAll(async () => {
  await driver.stop()
  rmSync(home, { recursive: true, force: true })
})

const shell = `title: Shell
editor: sh
endings: [sh]
entry: main.sh
variants:
  - programs: { sh: [/bin/sh] }
    run: ["{sh}", "{entry}"]
`

const read = (files: Record<string, string>) =>
  loadRuntimes([{ name: 'own', list: () => Object.keys(files), text: (path) => files[path] ?? '' }])

test('a language whose file breaks goes with its problem, and comes back mended', async () => {
  const options = { directory: join(home, 'runtimes'), roots: [], driver, log: silentLog }
  const runtimes = await openLiveRuntimes({ ...options, ...read({ 'runtimes/shell.yaml': shell }) })
  const names = () => runtimes.list.map(({ name }) => name)
  expect([names(), runtimes.problems]).toEqual([['shell'], []])
  await runtimes.reload(read({ 'runtimes/shell.yaml': shell.replace('entry', 'entrance') }))
  expect(names()).toEqual([])
  expect(runtimes.problems[0]).toMatchObject({ file: 'own/runtimes/shell.yaml', key: 'entrance', line: 4 })
  await Promise.all([
    runtimes.reload(read({})),
    runtimes.reload(read({ 'runtimes/shell.yaml': shell, 'runtimes/other.yaml': shell.replace('Shell', 'Other') })),
  ])
  expect([names(), runtimes.problems]).toEqual([['other', 'shell'], []])
  expect(runtimes.find('shell')?.title).toBe('Shell')
  if (driver.problem === null) expect((await runtimes.open('other')).programs['sh']).toStartWith('/')
})
