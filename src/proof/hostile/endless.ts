/** Statements that never end, or nest until the stack is used up. */
import type { Attack } from './attack.ts'

/** Statements that never end, or nest until the stack is used up. */
export const endless: readonly Attack[] = [
  {
    name: 'a sleep without statement_timeout',
    sql: ['SET statement_timeout = 0', 'SELECT pg_sleep(1e6)'],
    end: ['time_limit'],
  },
  {
    name: 'a recursive query without end',
    sql: ['WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r'],
    end: ['time_limit', 'disk_limit'],
  },
  {
    name: 'a recursive query that grows',
    sql: ["WITH RECURSIVE r(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM r) SELECT length(t) FROM r"],
    end: ['time_limit', 'memory_limit', 'disk_limit', 'error'],
  },
  {
    name: 'a trillion numbers',
    sql: ['SELECT count(*) FROM generate_series(1, 1e12)'],
    end: ['disk_limit', 'time_limit'],
  },
  { name: 'an endless loop', sql: ['DO $$ BEGIN LOOP END LOOP; END $$'], end: ['time_limit'] },
  {
    name: 'an endless loop that catches what would stop it',
    sql: [
      'DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(10); EXCEPTION WHEN OTHERS OR query_canceled OR assert_failure THEN NULL; END; END LOOP; END $$',
    ],
    end: ['time_limit'],
  },
  {
    name: 'a regular expression that backtracks',
    sql: ["SELECT repeat('a', 40) || 'c' ~ '^(a|aa|aaa|a*)*\\1\\1b$'"],
    end: ['time_limit', 'completed', 'error'],
  },
  {
    name: 'a number with a hundred thousand digits',
    sql: ['SELECT length(factorial(32000)::text)'],
    end: ['time_limit', 'completed'],
    mayLosePod: true,
  },
  {
    name: 'an exponent without end',
    sql: ['SELECT sum(exp(n::numeric(1000, 900))) FROM generate_series(1, 3000) n'],
    end: ['time_limit', 'error'],
    mayLosePod: true,
  },
  {
    name: 'a trigger that triggers itself',
    sql: [
      'CREATE TABLE t (n int)',
      "CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (NEW.n + 1); RETURN NEW; END'",
      'CREATE TRIGGER again BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION again()',
      'INSERT INTO t VALUES (1)',
    ],
    end: ['error'],
    error: /^54001 stack depth limit exceeded/,
  },
  {
    name: 'a function that calls itself',
    sql: ["CREATE FUNCTION f(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN f(n + 1); END'", 'SELECT f(1)'],
    end: ['error'],
    error: /^54001/,
  },
  {
    name: 'ten thousand nested parentheses',
    sql: [`SELECT ${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
    end: ['error', 'memory_limit'],
    error: /^(54001|53200|42601)/,
  },
  { name: 'deeply nested JSON', sql: ["SELECT repeat('[', 1000000)::json"], end: ['error'], error: /^54001/ },
]
