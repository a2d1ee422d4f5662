import { afterAll, expect, test } from 'bun:test'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findGroups } from './groups.ts'

const home = mkdtempSync(join(tmpdir(), 'podium-groups-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** A tree of plain files in place of the kernel's: what is written where can be read there. */
function plainTree(type: 'cgroup' | 'cgroup2', ...controllers: string[]): string {
  return controllers
    .map((controller) => {
      const path = join(home, type, controller)
      mkdirSync(path, { recursive: true })
      return `31 24 0:28 / ${path} rw,relatime shared:9 - ${type} ${type} rw,${controller}`
    })
    .join('\n')
}

test('in version 2 a box’s group hangs below this program’s own and has its limits', async () => {
  const mounts = plainTree('cgroup2', 'nsdelegate')
  const place = join(home, 'cgroup2/nsdelegate/system.slice/podium.service')
  const base = join(place, 'boxes-x')
  mkdirSync(join(base, 'probe'), { recursive: true })
  writeFileSync(join(base, 'probe/memory.current'), '0')
  for (const name of ['memory.events', 'pids.events', 'cpu.stat']) writeFileSync(join(base, 'probe', name), '')
  const tree = findGroups('x', { mounts, own: '0::/system.slice/podium.service/podium\n' })
  expect(tree?.dividesCpu).toBe(false)
  writeFileSync(join(base, 'cpu.weight'), '100')
  expect(findGroups('x', { mounts, own: '0::/system.slice/podium.service/podium\n' })?.dividesCpu).toBe(true)
  const group = tree?.create('box-1')
  group?.limit({ memoryBytesMax: 1000, processesMax: 5 })
  await group?.admit([7])
  const read = (name: string) => readFileSync(join(base, 'box-1', name), 'utf8')
  expect(['memory.max', 'memory.swap.max', 'pids.max', 'cgroup.procs'].map(read)).toEqual(['1000', '0', '6', '7'])
  expect(readFileSync(join(place, 'cgroup.subtree_control'), 'utf8')).toBe('+memory +pids')
  writeFileSync(join(base, 'box-1/memory.current'), '400\n')
  writeFileSync(join(base, 'box-1/memory.peak'), '900\n')
  writeFileSync(join(base, 'box-1/memory.events'), 'low 0\noom 2\noom_kill 1\n')
  writeFileSync(join(base, 'box-1/pids.events'), 'max 0\n')
  writeFileSync(join(base, 'box-1/cpu.stat'), 'usage_usec 2500\nuser_usec 1\n')
  expect(group?.read()).toEqual({
    memoryBytes: 400,
    memoryBytesPeak: 900,
    isOutOfMemory: true,
    isStarved: false,
    isOutOfProcesses: false,
    cpuMs: 2.5,
  })
  // The machine had too little memory, and took it from a box that was within its limit.
  writeFileSync(join(base, 'box-1/memory.events'), 'low 0\noom 0\noom_kill 1\n')
  expect(group?.read()).toMatchObject({ isOutOfMemory: false, isStarved: true })
})

test('in version 1 each resource has a tree of its own', async () => {
  const mounts = plainTree('cgroup', 'memory', 'pids', 'cpuacct')
  const at = (controller: string) => join(home, 'cgroup', controller, 'podium-y')
  mkdirSync(join(at('memory'), 'probe'), { recursive: true })
  mkdirSync(join(at('pids'), 'probe'), { recursive: true })
  mkdirSync(join(at('cpuacct'), 'probe'), { recursive: true })
  for (const name of ['usage_in_bytes', 'max_usage_in_bytes', 'oom_control'])
    writeFileSync(join(at('memory'), `probe/memory.${name}`), '0')
  writeFileSync(join(at('pids'), 'probe/pids.events'), '')
  writeFileSync(join(at('cpuacct'), 'probe/cpuacct.usage'), '0')
  const tree = findGroups('y', { mounts, own: '' })
  tree?.create('box-1').limit({ memoryBytesMax: 1000, processesMax: 5 })
  expect(readFileSync(join(at('memory'), 'box-1/memory.limit_in_bytes'), 'utf8')).toBe('1000')
  expect(readFileSync(join(at('pids'), 'box-1/pids.max'), 'utf8')).toBe('6')
  expect(readdirSync(at('cpuacct'))).toContain('box-1')
  expect(tree?.create('box-2').countsCpu).toBe(true)
  expect(tree?.dividesCpu).toBe(false)
  const dividing = findGroups('y', { mounts: `${mounts}\n${plainTree('cgroup', 'cpu')}`, own: '' })
  dividing?.create('box-4')
  expect([dividing?.dividesCpu, readdirSync(at('cpu')).includes('box-4')]).toEqual([true, true])
  // Killed in the middle of removing a group, Podium leaves it in the trees that come later.
  mkdirSync(join(at('cpu'), 'half-gone'))
  await dividing?.reap(new Set(['box-1', 'box-2', 'box-4', 'probe']))
  expect(readdirSync(at('cpu'))).toEqual(['box-4'])
  const without = mounts.split('\n').filter((line) => !line.includes('cpuacct'))
  const group = findGroups('y', { mounts: without.join('\n'), own: '' })?.create('box-3')
  expect([group?.countsCpu, group?.read()?.cpuMs ?? null]).toEqual([false, null])
})

test('where nothing may be made there are none', () => {
  expect(findGroups('z', { mounts: '', own: '0::/\n' })).toBeNull()
  const mounts = `31 24 0:28 / ${join(home, 'nowhere')} rw - cgroup2 cgroup2 rw`
  expect(findGroups('z', { mounts, own: '0::/\n' })).toBeNull()
  expect(existsSync(join(home, 'nowhere'))).toBe(false)
})
