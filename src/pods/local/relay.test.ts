/** What programs can do through a relay: all that their sandbox's own role may, in their own database only. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import postgres from 'postgres'
import { unpackServer } from '../../postgres/server-files.ts'
import { silentLog } from '../../telemetry/log.ts'
import { contractPodLimits, recipeOf, rows, sqlFile } from '../contract.ts'
import {
  type Database,
  type Image,
  type Pod,
  type PodDriver,
  type Relay,
  type RelayLimits,
  relayConnectionsMax,
} from '../driver.ts'
import { createLocalDriver } from './local-driver.ts'

setDefaultTimeout(60_000)

const limits: RelayLimits = { connectionsMax: 2, waitMs: 10_000, bytesMax: 1024 * 1024, timeoutMs: 50_000 }
const home = mkdtempSync(join(tmpdir(), 'podium-relay-'))
chmodSync(home, 0o711)
let driver: PodDriver
let image: Image
let pod: Pod

beforeAll(async () => {
  const files = await unpackServer({ dataDir: home, log: silentLog })
  driver = await createLocalDriver({ files, directory: join(home, 'pods'), log: silentLog })
  const schema = `CREATE TABLE films (id int PRIMARY KEY, title text); INSERT INTO films VALUES (1, 'Stalker')`
  image = await driver.buildImage(recipeOf(sqlFile(schema)))
  pod = await driver.startPod(image, { isolation: 'database', limits: contractPodLimits })
})

afterAll(async () => {
  await driver.stop()
  rmSync(home, { recursive: true, force: true })
})

/** A fresh sandbox with a relay, and clients for it. */
async function relayed<Value>(
  body: (given: { database: Database; relay: Relay; client: (options?: object) => postgres.Sql }) => Promise<Value>,
  replaced: Partial<RelayLimits> = {},
): Promise<Value> {
  const database = await pod.createDatabase({ access: 'write' })
  const relay = await database.relay({ ...limits, ...replaced })
  const clients: postgres.Sql[] = []
  const client = (options: object = {}) => {
    const made = postgres({
      path: relay.socketPath,
      user: 'learner',
      database: 'practice',
      max: 1,
      onnotice: () => undefined,
      ...options,
    })
    clients.push(made)
    return made
  }
  try {
    return await body({ database, relay, client })
  } finally {
    await Promise.all(clients.map((sql) => sql.end({ timeout: 0 }).catch(() => undefined)))
    await relay.close()
    await database.drop()
  }
}

const reasonOf = async (promise: Promise<unknown>) =>
  await promise.then(
    () => 'it worked',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

test('a program reads and writes its sandbox, and the sandbox has it afterwards', async () => {
  await relayed(async ({ database, client }) => {
    const sql = client()
    expect([...(await sql`SELECT title FROM films WHERE id = ${1}`)]).toEqual([{ title: 'Stalker' }])
    await sql.begin(async (transaction) => {
      await transaction`INSERT INTO films VALUES (2, ${'Żółć 🎉'})`
    })
    expect(await rows(database, 'SELECT title FROM films WHERE id = 2')).toEqual([['Żółć 🎉']])
  })
})

test('whoever a program says it is and wherever it wants to go, it is the sandbox’s role in the sandbox’s database', async () => {
  await relayed(
    async ({ database, client }) => {
      for (const options of [
        { user: 'podium', database: 'podium' },
        { user: 'dataset', database: 'dataset' },
        { user: 'podium', database: 'postgres', connection: { replication: 'database' } },
        { user: 'podium', database: 'podium', password: 'guess', ssl: 'prefer' },
      ]) {
        const [found] = await client({ max: 1, ...options })`SELECT current_user AS me, current_database() AS here`
        expect({ ...found }).toEqual({ me: database.id, here: database.id })
        await Bun.sleep(0)
      }
    },
    { connectionsMax: 10 },
  )
})

test('another sandbox of the same pod stays out of reach', async () => {
  await relayed(async ({ database: other }) => {
    await relayed(async ({ client }) => {
      const sql = client()
      const stray = client({ database: other.id, user: other.id })
      expect((await stray`SELECT current_database() AS here`)[0]?.['here']).not.toBe(other.id)
      expect(await reasonOf(sql.unsafe(`SET ROLE ${other.id}`).execute())).toContain('permission denied')
      expect(await reasonOf(sql.unsafe('ALTER SYSTEM SET work_mem = 1').execute())).not.toBe('it worked')
    })
  })
})

test('a settings word of the program’s own goes along', async () => {
  await relayed(async ({ client }) => {
    const sql = client({ connection: { application_name: 'mine', TimeZone: 'Asia/Tokyo' } })
    const [found] = await sql`SELECT current_setting('application_name') AS name, current_setting('TimeZone') AS zone`
    expect({ ...found }).toEqual({ name: 'mine', zone: 'Asia/Tokyo' })
  })
})

test('one connection more than allowed waits for another one’s end', async () => {
  await relayed(async ({ client }) => {
    const [one, two] = [client(), client()]
    await Promise.all([one`SELECT 1`, two`SELECT 1`])
    const third = client()`SELECT 3 AS three`.execute()
    expect(await Promise.race([third, Bun.sleep(200).then(() => 'waits')])).toBe('waits')
    await one.end()
    expect([...(await third)]).toEqual([{ three: 3 }])
  })
})

test('a connection that waits in vain is refused with the reason', async () => {
  await relayed(
    async ({ client }) => {
      await Promise.all([client()`SELECT 1`, client()`SELECT 1`])
      expect(await reasonOf(client()`SELECT 1`.execute())).toBe('A program has at most 2 connections at once')
    },
    { waitMs: 100 },
  )
})

test('programs in all sandboxes of a pod have the connections that they may, and its people’s runs go on', async () => {
  const held: postgres.ReservedSql[] = []
  const fill = async (databases: readonly Database[]): Promise<void> => {
    if (databases.length < contractPodLimits.capacity) {
      await relayed(
        async ({ database, client }) => {
          const sql = client({ max: relayConnectionsMax })
          const opening = Array.from({ length: relayConnectionsMax }, async () => await sql.reserve())
          held.push(...(await Promise.all(opening)))
          await fill([...databases, database])
        },
        { connectionsMax: relayConnectionsMax },
      )
      return
    }
    await Promise.all(databases.map((database) => database.warm()))
    const counts = databases.map((database) => rows(database, 'SELECT count(*) FROM films'))
    expect(await Promise.all(counts)).toEqual(databases.map(() => [['1']]))
    const sessions = await Promise.all(held.map((sql) => sql`SELECT pg_backend_pid() AS id`))
    expect(new Set(sessions.map(([row]) => row?.['id'])).size).toBe(contractPodLimits.capacity * relayConnectionsMax)
  }
  await fill([])
})

test('who moves more bytes than allowed is cut off, whatever it opens', async () => {
  await relayed(async ({ client }) => {
    const big = (sql: postgres.Sql) => sql`SELECT repeat('x', 1000000) FROM generate_series(1, 3)`.execute()
    expect(await reasonOf(big(client()))).not.toBe('it worked')
    expect(await reasonOf(client()`SELECT 1`.execute())).toBe('The program has moved all the bytes that it may')
  })
})

/** A pod with less memory, and two sandboxes in it: one whose program is up to something, and a neighbour. */
async function beside(body: (given: { own: Pod; open: () => postgres.Sql; neighbour: Database }) => Promise<void>) {
  const own = await driver.startPod(image, {
    isolation: 'database',
    limits: { ...contractPodLimits, memoryBytesMax: 256 * 1024 * 1024 },
  })
  const database = await own.createDatabase({ access: 'write' })
  const neighbour = await own.createDatabase({ access: 'write' })
  const relay = await database.relay({ ...limits, connectionsMax: relayConnectionsMax })
  const clients: postgres.Sql[] = []
  const open = () => {
    const sql = postgres({ path: relay.socketPath, user: 'learner', max: 1, onnotice: () => undefined })
    clients.push(sql)
    return sql
  }
  try {
    await body({ own, open, neighbour })
  } finally {
    await Promise.all(clients.map((sql) => sql.end({ timeout: 0 }).catch(() => undefined)))
    await relay.close()
    await own.kill()
  }
}

test('a program that takes memory over many connections loses them, and its neighbours go on', async () => {
  await beside(async ({ open, neighbour }) => {
    // About 100 MB each: one alone stays below the limit of a process.
    const hoard = `SELECT array_agg(repeat(md5(n::text), 40)) IS NULL, pg_sleep(40) FROM generate_series(1, 30000) AS n`
    const reason = await reasonOf(Promise.all(Array.from({ length: 10 }, () => open().unsafe(hoard).execute())))
    expect(reason).toMatch(/CONNECTION_CLOSED|terminating connection/)
    expect(await rows(neighbour, 'SELECT title FROM films')).toEqual([['Stalker']])
  })
})

test('a program that fills the disk loses its database, and its neighbours have room', async () => {
  await beside(async ({ own, open, neighbour }) => {
    const sql = open()
    const fill = async () => {
      await sql`CREATE TABLE heap (text text)`
      for (;;) await sql`INSERT INTO heap SELECT repeat(md5(n::text), 40) FROM generate_series(1, 2000) AS n`
    }
    expect(await reasonOf(fill())).toMatch(/CONNECTION_CLOSED|terminating connection|No space left/)
    while ((await own.usage()).diskBytes > own.limits.diskBytesMax / 2) await Bun.sleep(20)
    await rows(neighbour, "INSERT INTO films SELECT n, repeat('x', 1000) FROM generate_series(2, 20000) AS n")
    expect(await rows(neighbour, 'SELECT count(*) FROM films')).toEqual([['20000']])
  })
})

/** Bytes that come back after these words, until the relay ends the connection. */
async function wordsBack(path: string, ...words: Uint8Array[]): Promise<number> {
  let length = 0
  const over = Promise.withResolvers<void>()
  const end = () => over.resolve()
  const data = (_: unknown, chunk: Uint8Array) => {
    length += chunk.length
  }
  const socket = await Bun.connect({ unix: path, socket: { data, close: end, end, error: end } })
  for (const word of words) {
    socket.write(word)
    await Bun.sleep(5)
  }
  await over.promise
  return length
}

const words = (...numbers: number[]) => {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [index, number] of numbers.entries()) bytes.writeInt32BE(number, index * 4)
  return bytes
}

test('who asks for encryption again and again is cut off', async () => {
  await relayed(async ({ relay }) => {
    const asking = Buffer.concat(Array.from({ length: 1000 }, () => words(8, 80877103)))
    expect(await wordsBack(relay.socketPath, asking)).toBeLessThanOrEqual(2)
  })
})

test('a connection cancels one query, whatever it says afterwards', async () => {
  await relayed(async ({ relay, client }) => {
    const cancels = Array.from({ length: 20 }, () => words(16, 80877102, 1, 1))
    expect(await wordsBack(relay.socketPath, ...cancels)).toBe(0)
    expect(relay.connections).toBe(0)
    expect([...(await client()`SELECT 1 AS one`)]).toEqual([{ one: 1 }])
  })
})

test('a program that connects without end is refused by the kernel, and this program goes on', async () => {
  await relayed(async ({ relay }) => {
    const code = `import socket, sys, time
refused, opened, end = 0, 0, time.time() + 20
while refused < 100 and time.time() < end:
    s = socket.socket(socket.AF_UNIX)
    try:
        s.connect(sys.argv[1])
        opened += 1
    except OSError: refused += 1
    s.close()
print(refused, opened < 2000)`
    const child = Bun.spawn(['python3', '-c', code, relay.socketPath], { stdout: 'pipe', stdin: 'ignore' })
    expect(await new Response(child.stdout).text()).toBe('100 True\n')
  })
})

test('a query can be cancelled as everywhere', async () => {
  await relayed(async ({ client }) => {
    const query = client()`SELECT pg_sleep(60)`
    const reason = reasonOf(query.execute())
    await Bun.sleep(100)
    query.cancel()
    expect(await reason).toContain('canceling statement')
  })
})

test('after its time the relay cuts all connections and is gone', async () => {
  await relayed(
    async ({ relay, client }) => {
      expect(await reasonOf(client()`SELECT pg_sleep(60)`.execute())).not.toBe('it worked')
      expect(existsSync(dirname(relay.socketPath))).toBe(false)
    },
    { timeoutMs: 300 },
  )
})

test('a sandbox that is dropped takes its relays along', async () => {
  const database = await pod.createDatabase({ access: 'write' })
  const relay = await database.relay(limits)
  expect(existsSync(relay.socketPath)).toBe(true)
  await database.drop()
  expect(existsSync(dirname(relay.socketPath))).toBe(false)
  await relay.close()
})

test('a sandbox that is going away opens no relay, and leaves no socket', async () => {
  const database = await pod.createDatabase({ access: 'write' })
  const dropped = database.drop()
  await expect(database.relay(limits)).rejects.toThrow('The sandbox is gone')
  await dropped
  expect(readdirSync(join(home, 'pods/relays'))).toEqual([])
})

test.each([
  ['nothing', ''],
  ['another protocol', 'GET / HTTP/1.1\r\n\r\n'],
  ['a greeting without end', '\0\0\0\x09\0\x03\0\0'],
  ['a greeting that claims to be huge', '\x7f\xff\xff\xff\0\x03\0\0'],
  ['a negative length', '\xff\xff\xff\xff\0\x03\0\0'],
  ['many wishes for encryption', '\0\0\0\x08\x04\xd2\x16\x2f'.repeat(2000)],
])('whoever sends %s harms nobody', async (_what, words) => {
  await relayed(async ({ relay, client }) => {
    const socket = connect({ path: relay.socketPath })
    socket.on('error', () => undefined)
    await new Promise<void>((resolve) => socket.once('connect', resolve))
    socket.resume()
    socket.write(Buffer.from(words, 'latin1'))
    expect([...(await client()`SELECT 1 AS one`)]).toEqual([{ one: 1 }])
    socket.destroy()
  })
})
