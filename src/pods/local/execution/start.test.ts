import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityFor } from '../../../postgres/identity.ts'
import { contractLimits, plainRuntime } from '../../execution-contract.ts'
import { type BoxMaker, startProcess } from './start.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-start-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const openDescriptors = () => readdirSync('/proc/self/fd').length

test.each([
  ['the filter can’t be read', join(home, 'no-filter')],
  ['bubblewrap takes no such filter', join(home, 'filter')],
])('where a box does not start because %s, no end of a pipe stays open', async (_what, filterPath) => {
  writeFileSync(join(home, 'filter'), 'x')
  const identity = identityFor('execution')
  const maker: BoxMaker = { identity, groups: null, etcDirectory: home, filterPath, hiddenPaths: [], marker: 'x' }
  const options = { limits: contractLimits, databaseSocket: null }
  const start = () => startProcess(maker, plainRuntime, options, 'box-x').then(String, () => 'it did not start')
  await start()
  const before = openDescriptors()
  for (let times = 0; times < 5; times += 1) expect(await start()).toBe('it did not start')
  // Bun closes what it has taken over in its own time.
  while (openDescriptors() > before + 3) await Bun.sleep(2)
})
