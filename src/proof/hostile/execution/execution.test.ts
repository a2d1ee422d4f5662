/**
 * Hostile programs are the normal case: each attack in a real box, with a neighbour who goes on and a host that is looked
 * at afterwards. As root with control groups, where this machine has them, and without; as an ordinary user as it comes.
 */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import {
  contractLimits,
  fileOf,
  jobOf,
  type PartialJob,
  runIn,
  shell,
  textOf,
} from '../../../pods/execution-contract.ts'
import { findGroups } from '../../../pods/local/execution/groups.ts'
import { percentile } from '../arena.ts'
import { reachingAttacks } from './beyond.ts'
import { attackLimits, type BoxArena, openBoxArena, type Siege, startBox, until } from './box-arena.ts'
import type { BoxAttack } from './box-attack.ts'
import {
  architecture,
  argumentAnswers,
  askAll,
  askWithArguments,
  foreignWays,
  honestProgram,
  refusedCalls,
} from './calls.ts'
import { greedyAttacks } from './greed.ts'
import { traps, wildArchive } from './traps.ts'

const python = '/usr/bin/python3'
const isPossible = Bun.which('bwrap') !== null && existsSync(python)
/** From the limit to the result, on a busy machine. */
const graceMs = 6_000

/** An ordinary user has control groups or not, and that is that. */
const ways = process.getuid?.() === 0 ? [true, false] : [true]

for (const usesGroups of ways) {
  describe.if(isPossible)(`Hostile programs in boxes ${usesGroups ? 'with' : 'without'} control groups`, () => {
    let arena: BoxArena
    let descriptorsBefore = 0
    beforeAll(async () => {
      arena = await openBoxArena(usesGroups)
      descriptorsBefore = readdirSync('/proc/self/fd').length
    }, 60_000)
    afterAll(() => arena.close())

    const besiege = async (job: PartialJob): Promise<Siege> => {
      const siege = await arena.besiege(job)
      expect(arena.harm()).toBeNull()
      return siege
    }
    const runPython = (text: string, words: readonly string[] = [], job: PartialJob = {}) =>
      besiege({
        ...job,
        argv: [python, '-I', 'main.py', JSON.stringify(arena.victim), ...words],
        files: [fileOf('main.py', text)],
      })

    for (const attack of [...greedyAttacks, ...reachingAttacks]) {
      test(attack.name, async () => {
        const limits = { ...attackLimits, ...attack.limits }
        const job = { ...attack.job, limits }
        const { result, tookMs } = attack.shell
          ? await besiege({ ...job, argv: shell(attack.shell) })
          : await runPython(attack.python ?? '', [import.meta.dir], job)
        judge(attack, result, limits)
        expect(attack.check?.(result, arena.victim) ?? null).toBeNull()
        expect(tookMs).toBeLessThan(limits.wallMs + graceMs)
      }, 40_000)
    }

    test('every call that the filter refuses is refused', async () => {
      const wanted = refusedCalls.map(({ name, number }) => [name, number])
      const { result } = await runPython(askAll, [JSON.stringify(wanted)])
      const answers: unknown = JSON.parse(textOf(result.stdout))
      expect(answers).toEqual(Object.fromEntries(refusedCalls.map(({ name, answer }) => [name, answer])))
    })

    test('calls that are refused for what they ask are refused', async () => {
      const { result } = await runPython(askWithArguments)
      expect(textOf(result.stdout).trim().split('\n')).toEqual(argumentAnswers)
    })

    test.if(architecture === 'x64')('the other ways into the kernel are death', async () => {
      for (const text of Object.values(foreignWays)) {
        const { result } = await runPython(text)
        expect([result.end, result.signal, textOf(result.stdout)]).toEqual(['signalled', 'SIGSYS', ''])
      }
    })

    test('what honest programs ask for is there', async () => {
      const { result } = await runPython(honestProgram)
      expect([textOf(result.stdout), textOf(result.stderr)]).toEqual(['[1, 2]\n3\nterminal\nTrue\n', ''])
    })

    for (const trap of traps) {
      test(`leaving ${trap.name}`, async () => {
        const first = await runPython(trap.python, [], { archives: true })
        expect([first.result.end, first.result.exitCode, textOf(first.result.stderr)]).toEqual(['exited', 0, ''])
        const { archive } = first.result
        expect(archive).not.toBeNull()
        const { result } = await besiege({ argv: shell(trap.afterwards), archive, files: trap.files })
        if (typeof trap.says === 'string') expect(textOf(result.stdout)).toBe(trap.says)
        else expect(textOf(result.stdout)).toMatch(trap.says)
      })
    }

    test('an archive with names that lead out stays in the box that unpacks it', async () => {
      const archive = wildArchive(arena.victim)
      await besiege({ argv: shell('cat fine; ls -la'), archive })
      expect(existsSync('/tmp/podium-escape')).toBe(false)
      expect(existsSync('/etc/podium-escape')).toBe(false)
      const rubbish = await besiege({ argv: ['true'], archive: new Uint8Array(100_000).fill(65) })
      expect([rubbish.result.end, rubbish.result.exitCode]).toEqual(['exited', 125])
    })

    test('an archive larger than the disk ends the job and nothing else', async () => {
      const { result } = await besiege({ argv: ['true'], archive: new Uint8Array(contractLimits.diskBytesMax + 1) })
      expect(result.limit).toEqual({ name: 'diskBytesMax', value: contractLimits.diskBytesMax })
    })

    test('a workspace that is larger than it may be is not returned', async () => {
      const holes = 'for n in 1 2 3 4 5 6 7 8 9; do truncate -s 8000000 $n; done; echo made'
      const { result } = await besiege({ argv: shell(holes), archives: true })
      expect([result.end, textOf(result.stdout), result.archive]).toEqual(['exited', 'made\n', null])
    })

    test('options with line breaks are words and never lines', async () => {
      const words = ['-O2\nid\n', '`id`', '$(id)', '; id', '\n\nid']
      const { result } = await besiege({ argv: ['/usr/bin/printf', '%s|', ...words], env: { FLAGS: 'x\nid' } })
      expect(textOf(result.stdout)).toBe(`${words.join('|')}|`)
    })

    test('asking for sessions of its own gives a box no larger part of the processor', async () => {
      const script =
        'import os\nprint(os.getsid(0), end=" ")\nif os.fork() == 0:\n    os.setsid()\n    print(os.getsid(0) == 1, flush=True)\n    os._exit(0)\nos.wait()'
      const { result } = await besiege({ argv: [python, '-c', script] })
      // Where a control group divides the processor, sessions are nobody's business.
      if (!dividesCpu(usesGroups)) expect(textOf(result.stdout)).toContain('True')
      else {
        const limits = { wallMs: 3_000, cpuMs: 9_000 }
        // However many processors there are, both want the same two.
        const two = 'import os\nos.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])\n'
        const many = 'for _ in range(16):\n    if os.fork() == 0:\n        os.setsid()\n        break\nwhile True: pass'
        const few = 'os.fork()\nwhile True: pass'
        const [greedy, modest] = await Promise.all([
          runIn(arena.driver, { argv: [python, '-c', two + many], limits }),
          runIn(arena.driver, { argv: [python, '-c', two + few], limits }),
        ])
        expect(modest.cpuMs).toBeGreaterThan(greedy.cpuMs / 3)
      }
    }, 40_000)

    test('two boxes see nothing of each other', async () => {
      const other = await startBox(arena.driver)
      const running = other.run(
        jobOf({ argv: shell('echo mine > /tmp/mine; echo mine > /dev/shm/mine; exec sleep 1') }),
      )
      const look = 'ls -A /tmp /dev/shm /work; ps ax 2>/dev/null | grep -c "[s]leep 1"; kill -9 -1; echo after'
      const result = await runIn(arena.driver, { argv: shell(look) })
      expect(textOf(result.stdout)).not.toContain('mine')
      expect(textOf(result.stdout)).toContain('\n0\n')
      expect((await running).end).toBe('exited')
    })

    test('the host is as it was, and light', async () => {
      expect(arena.harm()).toBeNull()
      expect(existsSync('/tmp/podium-escape')).toBe(false)
      expect(readdirSync('/proc/self/fd').length).toBeLessThan(descriptorsBefore + 10)
      const { boxes, memoryBytes } = await arena.driver.usage()
      expect(boxes).toBe(1)
      expect(memoryBytes).toBeLessThan(8 * 1024 * 1024)
    })

    test('what nobody reached from a box was there to be reached', async () => {
      const socket = { data: () => {} }
      const { port, socket: unix } = arena.victim
      ;(await Bun.connect({ hostname: '127.0.0.1', port, socket })).end()
      ;(await Bun.connect({ unix, socket })).end()
      await until(() => arena.victim.connections() === 2, 'Nobody answered')
    })

    test('Podium itself goes on answering', () => {
      expect(arena.answers()).toBeGreaterThan(50)
      expect(percentile(arena.delaysMs, 0.99)).toBeLessThan(50)
    })
  })
}

/** Whether the kernel divides the processor between boxes here. */
function dividesCpu(usesGroups: boolean): boolean {
  const tree = usesGroups ? findGroups('hostile-probe') : null
  tree?.close()
  return tree?.dividesCpu === true
}

function judge(attack: BoxAttack, result: Siege['result'], limits: typeof attackLimits): void {
  const [stdout, stderr] = [textOf(result.stdout).slice(0, 2000), textOf(result.stderr).slice(0, 2000)]
  expect([result.end, stderr]).toSatisfy(([end]) => attack.end.some((allowed) => allowed === end))
  if (result.end === 'limit') {
    const name = result.limit?.name ?? 'none'
    const allowed: readonly string[] = attack.limit ?? []
    expect(allowed).toContain(name)
    expect(result.limit?.value).toBe(limits[name === 'none' ? 'wallMs' : name])
  } else expect(stderr).not.toContain('Traceback')
  if (typeof attack.stdout === 'string') expect(stdout).toBe(attack.stdout)
  else if (attack.stdout) expect(stdout).toMatch(attack.stdout)
}
