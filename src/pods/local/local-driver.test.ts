import { afterAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { contractPodLimits, recipeOf, rows, sqlFile } from '../contract.ts'
import { describePodDriver } from '../driver-contract.ts'
import { readImageFacts, settle } from './image-builder.ts'
import { createLocalDriver } from './local-driver.ts'

// Other work may be going on beside this suite.
setDefaultTimeout(60_000)

const home = mkdtempSync(join(tmpdir(), 'podium-pods-'))
chmodSync(home, 0o711)
const isBoxable = Bun.which('bwrap') !== null

afterAll(() => rmSync(home, { recursive: true, force: true }))

async function open(boxed: boolean) {
  const files = await unpackServer({ dataDir: home, log: silentLog })
  return createLocalDriver({ files, directory: join(home, boxed ? 'boxed' : 'unboxed'), log: silentLog, boxed })
}

if (isBoxable) describePodDriver('local, boxed', () => open(true))
describePodDriver('local, unboxed', () => open(false))

/** The description with another boot in it. */
function ofBoot(path: string, boot: string | null): string {
  return JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), boot })
}

test('an image that is on the disk is good in every boot of the machine', async () => {
  const driver = await open(false)
  const { hash } = await driver.buildImage(recipeOf(sqlFile('CREATE TABLE settled ()')))
  const path = join(home, 'unboxed/images', hash)
  const facts = readImageFacts(readFileSync(join(path, 'image.json'), 'utf8'))
  if (facts === null) throw new Error('An image that was just built is not described')
  await settle(path, { ...facts, secret: 'of an image that was here before' })
  expect(readImageFacts(readFileSync(join(path, 'image.json'), 'utf8'))).toEqual(facts)
  await settle(path, facts)
  expect(JSON.parse(readFileSync(join(path, 'image.json'), 'utf8'))).toEqual({ ...facts, boot: null })
  expect(await driver.findImage(hash)).not.toBeNull()
  await driver.stop()
}, 120_000)

test.each([
  ['cut off', (path: string) => truncateSync(path, 0)],
  ['something else', (path: string) => writeFileSync(path, '{"hash": "x"}')],
  ['of another boot of the machine', (path: string) => writeFileSync(path, ofBoot(path, 'another'))],
])(
  'an image whose description is %s is none, and is built again',
  async (_what, spoil) => {
    const driver = await open(false)
    const recipe = recipeOf(sqlFile('CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)'))
    const { hash } = await driver.buildImage(recipe)
    spoil(join(home, 'unboxed/images', hash, 'image.json'))
    expect(await driver.findImage(hash)).toBeNull()
    expect((await driver.listImages()).map((image) => image.hash)).not.toContain(hash)
    const image = await driver.buildImage(recipe)
    const pod = await driver.startPod(image, { isolation: 'database', limits: contractPodLimits })
    expect(await rows(await pod.createDatabase({ access: 'read' }), 'SELECT id FROM kept')).toEqual([['7']])
    await driver.stop()
  },
  60_000,
)

test.if(isBoxable)('what stops with servers of people’s own in it leaves no control group behind', async () => {
  const driver = await open(true)
  const image = await driver.buildImage(recipeOf(sqlFile('CREATE TABLE kept ()')))
  const starts = [1, 2, 3].map(() => driver.startPod(image, { isolation: 'server', limits: contractPodLimits }))
  await Promise.all(starts)
  const name = `podium-pods-${Bun.hash(join(home, 'boxed')).toString(36)}`
  // Where they are in trees, each resource has one; elsewhere there is nothing to see, or nothing at all.
  const places = ['memory', 'pids', 'cpu', 'cpuacct'].map((tree) => join('/sys/fs/cgroup', tree, name))
  const hadGroups = places.some((path) => existsSync(path))
  await driver.stop()
  expect(places.filter((path) => existsSync(path))).toEqual([])
  if (existsSync('/sys/fs/cgroup/memory') && process.getuid?.() === 0) expect(hadGroups).toBe(true)
})
