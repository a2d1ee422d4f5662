/** Leases as rows, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { randomUUIDv7 } from 'bun'
import { deleteEndedLeases, findLease, type LeaseRow, leaseRecords, writeLeases } from './leases.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
let userId: string

beforeAll(async () => {
  database = await createTestDatabase()
  userId = await insertGuest()
}, 60_000)

afterAll(async () => await database.drop())

async function insertGuest(): Promise<string> {
  const id = randomUUIDv7()
  await database.sql`insert into users (id, role) values (${id}, 'guest')`
  return id
}

function lease(changes: Partial<LeaseRow> = {}): LeaseRow {
  return {
    id: randomUUIDv7(),
    kind: 'database',
    sandbox: 's_k3v9',
    pod: 'pod-1',
    image: 'a'.repeat(64),
    userId,
    address: '192.0.2.1',
    purpose: 'attempt 1',
    createdAt: new Date('2030-01-01T10:00:00.123Z'),
    renewedAt: new Date('2030-01-01T10:00:00.123Z'),
    expiresAt: new Date('2030-01-01T10:30:00.123Z'),
    endedAt: null,
    endReason: null,
    ...changes,
  }
}

test('a lease is found as it was written', async () => {
  const row = lease()
  await writeLeases(database.sql, [row])
  expect(await findLease(database.sql, row.id)).toEqual(row)
})

test('writing a lease again brings it up to date', async () => {
  const row = lease()
  await writeLeases(database.sql, [row])
  const ended = { ...row, endedAt: new Date('2030-01-01T11:00:00Z'), endReason: 'idle' }
  await writeLeases(database.sql, [ended, lease()])
  expect(await findLease(database.sql, row.id)).toEqual(ended)
})

test('leases of a deleted account are gone, and writing one late harms nobody else’s', async () => {
  const leaving = await insertGuest()
  const [before, after, other] = [lease({ userId: leaving }), lease({ userId: leaving }), lease()]
  await writeLeases(database.sql, [before])
  await database.sql`delete from users where id = ${leaving}`
  await writeLeases(database.sql, [after, other])
  expect(await findLease(database.sql, before.id)).toBeNull()
  expect(await findLease(database.sql, after.id)).toBeNull()
  expect(await findLease(database.sql, other.id)).not.toBeNull()
})

test('at start, what an earlier program left open is closed and what had ended stays as it was', async () => {
  const open = lease()
  const ended = lease({ endedAt: new Date('2030-01-01T11:00:00Z'), endReason: 'released' })
  await writeLeases(database.sql, [open, ended])
  const at = new Date('2030-01-02T00:00:00Z')
  expect(await leaseRecords(database.sql).closeOpen(at)).toBeGreaterThanOrEqual(1)
  expect(await findLease(database.sql, open.id)).toMatchObject({ endedAt: at, endReason: 'restart' })
  expect(await findLease(database.sql, ended.id)).toEqual(ended)
})

test('old leases are deleted, open ones never', async () => {
  const old = lease({ endedAt: new Date('2020-01-01T00:00:00Z'), endReason: 'idle' })
  const open = lease({ createdAt: new Date('2019-01-01T00:00:00Z') })
  await writeLeases(database.sql, [old, open])
  expect(await deleteEndedLeases(database.sql, new Date('2021-01-01T00:00:00Z'))).toBe(1)
  expect(await findLease(database.sql, old.id)).toBeNull()
  expect(await findLease(database.sql, open.id)).not.toBeNull()
})

test('ten thousand leases are written at once', async () => {
  const rows = Array.from({ length: 10_000 }, () => lease())
  await writeLeases(database.sql, rows)
  const [last] = rows.slice(-1)
  expect(last && (await findLease(database.sql, last.id))?.id).toBe(last?.id ?? '')
})
