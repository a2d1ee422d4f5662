/** Statements that fill the disk. */
import type { Attack } from './attack.ts'

/** Statements that fill the disk. */
export const disk: readonly Attack[] = [
  {
    name: 'a sort that spills',
    sql: ['SELECT a.n FROM generate_series(1, 100000) a(n), generate_series(1, 100000) b(n) ORDER BY a.n * random()'],
    end: ['disk_limit', 'time_limit'],
  },
  {
    name: 'rows until the disk is full',
    sql: [
      'CREATE TABLE t (x text)',
      'DO $$ BEGIN LOOP INSERT INTO t SELECT repeat(md5(n::text), 30) FROM generate_series(1, 1000) n; END LOOP; END $$',
    ],
    end: ['disk_limit'],
    mayLoseSandbox: true,
  },
  {
    name: 'committed rows until the disk is full',
    sql: [
      'CREATE TABLE t (x text)',
      'DO $$ BEGIN LOOP INSERT INTO t SELECT repeat(md5(n::text), 30) FROM generate_series(1, 1000) n; COMMIT; END LOOP; END $$',
    ],
    end: ['disk_limit'],
    mayLoseSandbox: true,
  },
  {
    name: 'a temporary table until the disk is full',
    sql: ['CREATE TEMP TABLE t AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 10000000) n'],
    end: ['disk_limit'],
    mayLoseSandbox: true,
  },
  {
    name: 'rows that no log is written for',
    sql: ['CREATE UNLOGGED TABLE t AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 10000000) n'],
    end: ['disk_limit'],
    mayLoseSandbox: true,
  },
  {
    name: 'ten thousand tables',
    sql: [
      "DO $$ BEGIN FOR n IN 1..10000 LOOP EXECUTE format('CREATE TABLE t%s (x int PRIMARY KEY)', n); COMMIT; END LOOP; END $$",
    ],
    end: ['time_limit', 'disk_limit', 'completed'],
    mayLoseSandbox: true,
  },
  {
    name: 'ten thousand tables in one transaction',
    sql: [
      "DO $$ BEGIN FOR n IN 1..10000 LOOP EXECUTE format('CREATE TABLE t%s (x int PRIMARY KEY)', n); END LOOP; END $$",
    ],
    end: ['error', 'time_limit', 'disk_limit'],
    mayDisturbMates: true,
    mayLoseSandbox: true,
  },
  {
    name: 'large objects until the disk is full',
    sql: [
      "DO $$ BEGIN LOOP PERFORM lo_from_bytea(0, decode(repeat(md5(random()::text), 50000), 'hex')); END LOOP; END $$",
    ],
    end: ['disk_limit', 'time_limit'],
    mayLoseSandbox: true,
  },
  {
    name: 'a write-ahead log without end',
    sql: ["DO $$ BEGIN LOOP PERFORM pg_logical_emit_message(false, 'x', repeat('x', 1000000)); END LOOP; END $$"],
    end: ['time_limit', 'disk_limit'],
  },
]
