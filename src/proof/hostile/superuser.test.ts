/**
 * A server of one's own: the attacker is a superuser, so the server itself is the attacker's. Only the box holds, and what
 * the server says to Podium is not believed.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Database, Pod } from '../../pods/driver.ts'
import { membersOf, quietly } from '../../pods/local/execution/group-versions.ts'
import { findGroups } from '../../pods/local/execution/groups.ts'
import { LocalPod } from '../../pods/local/pod.ts'
import { processTree } from '../../pods/local/usage.ts'
import type { RunResult } from '../../pods/run.ts'
import { type Arena, openArena, runAll } from './arena.ts'
import { groupsOf, until } from './execution/box-arena.ts'

// The machine may be busy with other tests.
setDefaultTimeout(120_000)

describe.if(Bun.which('bwrap') !== null)('Hostile SQL of a superuser', () => {
  let arena: Arena
  beforeAll(async () => {
    arena = await openArena(true)
  }, 60_000)
  afterAll(() => arena.close())

  /** Runs texts in a pod of one's own while a neighbour in another pod works. */
  const attack = async (
    texts: readonly string[],
    look: (result: RunResult, pod: Pod, database: Database) => unknown,
  ) => {
    const pod = await arena.startPod('server')
    const database = await pod.createDatabase({ access: 'write' })
    // None of the attacks ends by itself: where the limits do not hold, the test's own time runs out.
    const { result, other } = await arena.besiege(() => runAll(database, texts))
    expect(other.troubles).toEqual([])
    await look(result, pod, database)
    await database.drop()
    await pod.exited
  }
  const program = (script: string) => `COPY (SELECT) TO PROGRAM $program$${script}$program$`
  const read = (script: string) => [
    'CREATE TEMP TABLE said (line text)',
    `COPY said FROM PROGRAM $program$${script}; true$program$ (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')`,
    'TABLE said',
  ]
  const isDead = (pod: Pod, withinMs: number) =>
    Promise.race([pod.exited.then(() => true), Bun.sleep(withinMs).then(() => false)])

  /**
   * Boxes come last where the processor is short; what must have used some of it to be noticed would wait for long. The
   * kernel may also weigh sessions against each other.
   */
  const hurry = (pod: Pod) => {
    if (!(pod instanceof LocalPod) || process.getuid?.() !== 0) return
    for (const pid of processTree(pod.processId)) {
      Bun.spawnSync(['renice', '-n', '-15', '-p', String(pid)], { stdout: 'ignore', stderr: 'ignore' })
      quietly(() => writeFileSync(`/proc/${pid}/autogroup`, '-15'))
    }
  }

  test('has a control group where there are some, which goes with the pod', async () => {
    const pod = await arena.startPod('server')
    if (!(pod instanceof LocalPod)) throw new Error('The suite is for pods of this machine')
    const hasGroups = findGroups('superuser-test')
    hasGroups?.close()
    const groups = groupsOf(pod.id)
    expect(groups.length > 0).toBe(hasGroups !== null)
    for (const path of groups.filter((path) => path.includes('/memory/')))
      expect(Number(readFileSync(`${path}/memory.limit_in_bytes`, 'utf8'))).toBeLessThan(1024 ** 3)
    const members = new Set(groups.flatMap(membersOf))
    expect(
      processTree(pod.processId)
        .slice(1)
        .filter((pid) => hasGroups !== null && !members.has(pid)),
    ).toEqual([])
    await pod.kill()
    await until(() => groupsOf(pod.id).length === 0, 'The control group is left')
  })

  test('works under a filter of system calls, as everything in its box does', async () => {
    await attack(['SELECT 1'], (_, pod) => {
      if (!(pod instanceof LocalPod)) throw new Error('The suite is for pods of this machine')
      const [, ...inside] = processTree(pod.processId)
      const filtered = inside.map((pid) => /^Seccomp:\s+(\d)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
      expect(filtered.length).toBeGreaterThan(3)
      expect(new Set(filtered.slice(1))).toEqual(new Set(['2']))
    })
  })

  test('sees nothing of the machine: no files, no processes, no environment, no network', async () => {
    await attack(
      read(
        'cd / && echo * && cat /etc/passwd /proc/self/environ /root/.bashrc /usr/local/bin/* 2>&1; echo /home/* /tmp/* /opt/*; set',
      ),
      ({ statements }) => {
        const said = statements[2]?.rows.map(([line]) => line).join('\n') ?? ''
        expect(said).toStartWith('bin dev image lib')
        expect(said).toContain('/etc/passwd: No such file or directory')
        expect(said).toContain('/home/* /tmp/* /opt/*')
        expect(said).not.toMatch(/root:|SECRET|TOKEN|DATABASE_URL|node_modules/)
      },
    )
    await attack(["SELECT pg_read_file('/etc/passwd')"], ({ statements }) => {
      expect(statements[0]?.error?.message).toBe(
        'could not open file "/etc/passwd" for reading: No such file or directory',
      )
    })
    await attack(["SELECT string_agg(name, ' ' ORDER BY name) FROM pg_ls_dir('/') name"], ({ statements }) => {
      expect(statements[0]?.rows[0]?.[0]).toMatch(/^bin dev image lib (lib64 )?(log )?pg pod usr$/)
    })
  })

  test('writes nothing but its own data', async () => {
    await attack(
      read('for f in /x /pg/x /image/x /dev/x /usr/x /pg/bin/postgres /image/PG_VERSION; do (echo x >> $f) 2>&1; done'),
      ({ statements }) => {
        const said = statements[2]?.rows.map(([line]) => line ?? '') ?? []
        expect(said.length).toBe(7)
        for (const line of said) expect(line).toMatch(/Read-only file system|Permission denied/)
      },
    )
  })

  test('can’t change its limits', async () => {
    await attack(['ALTER SYSTEM SET max_connections = 10000'], ({ statements }) => {
      expect(statements[0]?.error?.message).toContain('ALTER SYSTEM is not allowed')
    })
    await attack(["SELECT length(repeat('x', 1000000000))"], ({ end }) => expect(end).toBe('memory_limit'))
    await attack(read('(ulimit -v unlimited) 2>&1; ulimit -v'), ({ statements }) => {
      expect(statements[2]?.rows.at(-1)?.[0]).toMatch(/^\d+$/)
    })
  })

  test('forks until no more processes are allowed, and is stopped', async () => {
    await attack([program('f() { f | f & }; f; while :; do :; done')], async ({ end }) => {
      expect(['time_limit', 'lost', 'error', 'memory_limit']).toContain(end)
    })
  })

  test('fills its disk, its file names and its memory, and is stopped', async () => {
    const full: RunResult['end'][] = ['disk_limit', 'error', 'lost']
    await attack([program('cat /dev/zero > /pod/zeros')], ({ end }) => expect(full).toContain(end))
    await attack([program('i=0; while :; do i=$((i+1)); : > /pod/$i; done')], ({ end }) =>
      expect([...full, 'time_limit']).toContain(end),
    )
    const hungry =
      'a=$(cat /image/base/*/* | cat); for i in 1 2 3 4 5 6 7 8; do (b=$a$a; while :; do :; done) & done; wait'
    await attack([program(hungry)], ({ end }) => expect(['memory_limit', 'time_limit', 'lost', 'error']).toContain(end))
  })

  test('leaves a program working behind its back, and loses the pod', async () => {
    await attack([program('cat > /dev/null; (while :; do :; done) > /dev/null 2>&1 &')], async (result, pod) => {
      expect(result.end).toBe('completed')
      hurry(pod)
      expect(await isDead(pod, 60_000)).toBe(true)
    })
  })

  test('keeps memory behind its back, quietly, and loses the pod', async () => {
    const hold =
      'a=0123456789abcdef; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do a=$a$a; done'
    const wait = 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'
    // Nobody ever writes to what they read from, so they take no time at all.
    const script = `cat > /dev/null; for j in 1 2 3 4 5 6 7 8; do (${wait}; ${hold}; read b <&2) > /dev/null & done`
    await attack([program(script)], async (result, pod) => {
      expect(result.end).toBe('completed')
      hurry(pod)
      expect(await isDead(pod, 60_000)).toBe(true)
    })
  })

  test('kills its own server, and loses only that', async () => {
    await attack([program('kill -9 -1')], async ({ end }, pod, database) => {
      expect(end).toBe('lost')
      expect(await isDead(pod, 60_000)).toBe(true)
      expect((await runAll(database, ['SELECT 1'])).end).toBe('lost')
    })
  })

  test('takes Podium’s own role away, and loses only the pod', async () => {
    await attack(
      [
        "ALTER ROLE podium PASSWORD 'x'",
        'ALTER ROLE podium NOLOGIN',
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
      ],
      async (result, pod) => {
        expect(result.end).toBe('completed')
        await pod.createDatabase({ access: 'write' }).catch(() => {})
      },
    )
  })

  test('puts a link in the place of the server’s socket', async () => {
    const link =
      'cp -s /image/PG_VERSION /pod/data/link; cp -P --remove-destination /pod/data/link /pod/data/.s.PGSQL.5432'
    await attack([program(link)], async (_result, _pod, database) => {
      expect((await runAll(database, ['SELECT 1'])).end).toBe('lost')
    })
  })

  test('drops, breaks and crashes what it likes: the answer is still an answer', async () => {
    for (const texts of [
      ['DROP SCHEMA pg_catalog CASCADE'],
      ['SET allow_system_table_mods = on', 'DELETE FROM pg_type', 'SELECT 1::int4, now()'],
      ['UPDATE pg_database SET datconnlimit = 0', 'SELECT 1'],
      ['SELECT pg_terminate_backend(pid) FROM pg_stat_activity'],
      ['SET log_min_messages = debug5', "DO $$ BEGIN FOR n IN 1..100000 LOOP RAISE LOG '%', n; END LOOP; END $$"],
    ])
      await attack(texts, ({ end }) => expect(['completed', 'error', 'lost', 'time_limit']).toContain(end))
  })
})
