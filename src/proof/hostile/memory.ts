/** Statements that ask for more memory than there is. */
import type { Attack } from './attack.ts'

/** Statements that ask for more memory than there is. */
export const memory: readonly Attack[] = [
  {
    name: 'a value of a billion characters',
    sql: ["SELECT length(repeat('x', 1000000000))"],
    end: ['memory_limit'],
    error: /^53200 out of memory/,
  },
  {
    name: 'a value of a gigabyte to the client',
    sql: ["SELECT repeat('x', 100000000)"],
    end: ['memory_limit', 'output_limit'],
  },
  {
    name: 'an array of a hundred million numbers',
    sql: ['SELECT array_length(array_fill(0, ARRAY[100000000]), 1)'],
    end: ['memory_limit'],
    error: /^53200/,
  },
  {
    name: 'an aggregate that keeps everything',
    sql: ["SELECT length(string_agg(repeat('x', 1000), '')) FROM generate_series(1, 1000000)"],
    end: ['memory_limit', 'time_limit'],
  },
  {
    name: 'eight gigabytes of working memory',
    sql: [
      "SET work_mem = '8GB'",
      'SET hash_mem_multiplier = 1000',
      'SELECT count(*) FROM (SELECT DISTINCT md5(n::text) FROM generate_series(1, 100000000) n) t',
    ],
    end: ['memory_limit', 'disk_limit', 'time_limit'],
  },
  {
    name: 'variables that grow in a loop',
    sql: ['DO $$ DECLARE a text[]; BEGIN LOOP a := a || repeat(random()::text, 10000); END LOOP; END $$'],
    end: ['memory_limit', 'time_limit'],
  },
  {
    name: 'a big temporary buffer',
    sql: [
      "SET temp_buffers = '2GB'",
      'CREATE TEMP TABLE t AS SELECT repeat(md5(n::text), 10) FROM generate_series(1, 3000000) n',
    ],
    end: ['memory_limit', 'disk_limit', 'time_limit'],
    mayLoseSandbox: true,
  },
]
