import { expect, test } from 'bun:test'
import { Failure } from '../failure.ts'
import { connect } from './connect.ts'
import { explainDatabaseAddress } from './database-address.ts'

const address = 'postgres://ada:hunter2@127.0.0.1:1/school'

test('a PostgreSQL that does not answer is named by its address, without the password', async () => {
  const sql = connect({ url: address })
  const error = await sql`select 1`.then(
    () => null,
    (reason: unknown) => explainDatabaseAddress(reason, address),
  )
  await sql.end({ timeout: 0 })
  expect(error).toBeInstanceOf(Failure)
  expect(String(error)).toContain('No PostgreSQL answers at 127.0.0.1:1. Start it, or mend the address.')
  expect(String(error)).toContain('DATABASE_URL')
  expect(String(error)).not.toContain('hunter2')
})

test('an unknown host, a refused password, a missing database and missing rights are told apart', () => {
  const told = (code: string) => String(explainDatabaseAddress(Object.assign(new Error('no'), { code }), address))
  expect(told('ENOTFOUND')).toContain('There is no machine of the name in 127.0.0.1:1')
  expect(told('28P01')).toContain('does not let ada in')
  expect(told('3D000')).toContain('has no database "school"')
  expect(told('42501')).toContain('ada may not make tables in the database "school"')
})

test('what is no trouble of the address stays what it is', () => {
  const bug = new Error('a bug')
  expect(explainDatabaseAddress(bug, address)).toBe(bug)
  const own = new Failure('conflict', 'This database already has tables of its own.')
  expect(explainDatabaseAddress(own, address)).toBe(own)
})
