/** Statements that send more than anybody can read, or what nobody can read. */
import type { Attack } from './attack.ts'

/** Statements that send more than anybody can read, or what nobody can read. */
export const output: readonly Attack[] = [
  {
    name: 'a million rows',
    sql: ['SELECT n FROM generate_series(1, 1000000) n'],
    end: ['completed'],
    check: ({ statements }) =>
      statements[0]?.rows.length === 1_000 && statements[0].truncatedBy === 'rows' ? null : 'not truncated',
  },
  { name: 'wide rows', sql: ["SELECT repeat('x', 1000000) FROM generate_series(1, 900)"], end: ['output_limit'] },
  {
    name: 'notices without end',
    sql: ["DO $$ BEGIN LOOP RAISE NOTICE '%', repeat('x', 1000); END LOOP; END $$"],
    end: ['output_limit'],
    check: ({ statements }) => ((statements[0]?.notices.length ?? 0) <= 101 ? null : 'too many notices'),
  },
  {
    name: 'messages to the server’s log without end',
    sql: ["DO $$ BEGIN LOOP RAISE LOG '%', repeat('x', 100000); END LOOP; END $$"],
    end: ['time_limit'],
  },
  {
    name: 'one notice of a hundred megabytes',
    sql: ["DO $$ BEGIN RAISE NOTICE '%', repeat('x', 60000000); END $$"],
    end: ['output_limit', 'memory_limit'],
  },
  {
    name: 'an error of ten megabytes',
    sql: ["DO $$ BEGIN RAISE EXCEPTION '%', repeat('x', 10000000); END $$"],
    end: ['output_limit', 'error'],
  },
  {
    name: 'invalid UTF-8',
    sql: ["SELECT convert_from('\\xff', 'UTF8')"],
    end: ['error'],
    error: /^22021 invalid byte sequence/,
  },
  {
    name: 'another encoding',
    sql: ["SET client_encoding = 'LATIN1'", "SELECT chr(255), 'a'"],
    end: ['completed'],
    row: ['\ufffd', 'a'],
  },
  { name: 'the character NUL', sql: ['SELECT chr(0)'], end: ['error'], error: /^54000 null character not permitted/ },
  { name: 'NUL inside a statement', sql: ["SELECT 'a\0'; DROP TABLE films"], end: ['error'], error: /NUL/ },
  {
    name: 'a statement of ten megabytes',
    sql: [`SELECT '${'x'.repeat(10_000_000)}'`],
    end: ['error'],
    error: /^54000 .*too long/,
  },
  {
    name: 'two statements that claim to be one',
    sql: ['SELECT 1; DROP TABLE films'],
    end: ['error'],
    error: /^42601 cannot insert multiple commands/,
  },
]
