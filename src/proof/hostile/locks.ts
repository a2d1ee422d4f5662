/** Locks, queues and transactions that reach beyond the run. */
import type { Attack } from './attack.ts'

/** Locks, queues and transactions that reach beyond the run. */
export const locks: readonly Attack[] = [
  {
    name: 'a million advisory locks',
    sql: ['SELECT pg_advisory_lock(n) FROM generate_series(1, 1000000) n'],
    end: ['error'],
    error: /^42501 permission denied for function pg_advisory_lock/,
  },
  {
    name: 'advisory locks by another name',
    sql: ['SELECT pg_try_advisory_xact_lock_shared(1, 2)'],
    end: ['error'],
    error: /^42501/,
  },
  {
    name: 'notifications without end',
    sql: [
      'LISTEN x',
      "DO $$ BEGIN FOR n IN 1..100000 LOOP PERFORM pg_notify('x', n || repeat('x', 7000)); END LOOP; END $$",
    ],
    end: ['error', 'output_limit', 'time_limit', 'memory_limit'],
  },
  {
    name: 'a prepared transaction',
    sql: ['BEGIN', 'CREATE TABLE t ()', "PREPARE TRANSACTION 'x'"],
    end: ['error'],
    error: /^55000 prepared transactions are disabled/,
  },
  { name: 'a lock on a catalogue', sql: ['BEGIN', 'LOCK TABLE pg_catalog.pg_authid'], end: ['error'], error: /^42501/ },
  {
    name: 'a lock on the catalogue of databases',
    sql: ['BEGIN', 'LOCK TABLE pg_catalog.pg_database IN ROW EXCLUSIVE MODE'],
    end: ['error'],
    error: /^42501/,
  },
  {
    name: 'a transaction that outlives the run',
    sql: [['BEGIN', 'LOCK TABLE films', 'DELETE FROM films'], ['SELECT count(*) FROM films']],
    end: ['completed'],
    row: ['1000'],
  },
  {
    name: 'a transaction that begins again by itself',
    sql: [['BEGIN', 'DELETE FROM films', 'ROLLBACK AND CHAIN', 'DELETE FROM films'], ['SELECT count(*) FROM films']],
    end: ['completed'],
    row: ['1000'],
  },
  {
    name: 'a cursor, a prepared statement and a setting that outlive the run',
    sql: [
      ['PREPARE p AS SELECT 1', 'SET my.setting = 1', 'DECLARE c CURSOR WITH HOLD FOR SELECT 1'],
      ["SELECT count(*), current_setting('my.setting', true) FROM pg_prepared_statements, pg_cursors"],
    ],
    end: ['completed'],
    row: ['0', null],
  },
]
