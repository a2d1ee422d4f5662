/**
 * What people try, as a table: the statements, how the run must end, what it must (and must not) say. Every attack is run
 * as an ordinary sandbox role, boxed and unboxed.
 */
import type { RunEnd, RunResult } from '../pods/run.ts'

/** One attack. */
export interface Attack {
  name: string
  /** The statements of one run; a list of lists is several runs after one another. */
  sql: readonly string[] | readonly (readonly string[])[]
  /** How the last run may end. */
  end: readonly RunEnd[]
  /** What the last error must say, if there is to be one: a pattern for `code message`. */
  error?: RegExp
  /** What no value, notice or error of the last run may contain. */
  never?: RegExp
  /** What the first row of the last statement must be. */
  row?: readonly (string | null)[]
  /** The sandbox itself may be lost: it outgrew its room, or locked its owner out. */
  mayLoseSandbox?: boolean
  /** The whole pod may be lost: nothing short of killing it stops this. Neighbours in it lose their sandboxes. */
  mayLosePod?: boolean
  /** Neighbours in the same pod may see errors (never a wrong answer) while it lasts. */
  mayDisturbMates?: boolean
  /** Sees the last result. */
  check?: (result: RunResult) => string | null
}

const endless: Attack[] = [
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

const memory: Attack[] = [
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

const disk: Attack[] = [
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

const output: Attack[] = [
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

const locks: Attack[] = [
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

const files: Attack[] = [
  {
    name: 'a program',
    sql: ["COPY films FROM PROGRAM 'id'"],
    end: ['error'],
    error: /^42501 permission denied to COPY to or from an external program/,
  },
  { name: 'a program to write to', sql: ["COPY films TO PROGRAM 'cat > /tmp/x'"], end: ['error'], error: /^42501/ },
  { name: 'a file to read', sql: ["COPY films FROM '/etc/passwd'"], end: ['error'], error: /^42501/ },
  { name: 'a file to write', sql: ["COPY films TO '/tmp/podium-was-here'"], end: ['error'], error: /^42501/ },
  { name: 'standard input', sql: ['COPY films FROM STDIN'], end: ['error'], error: /use INSERT instead/ },
  { name: 'standard output', sql: ['COPY films TO STDOUT'], end: ['error'], error: /use SELECT instead/ },
  ...[
    "pg_read_file('/etc/passwd')",
    "pg_read_binary_file('/etc/passwd')",
    "pg_ls_dir('/')",
    "pg_stat_file('/etc/passwd')",
    "lo_import('/etc/passwd')",
    "lo_export(1, '/tmp/x')",
    'pg_ls_logdir()',
    'pg_ls_waldir()',
    'pg_current_logfile()',
  ].map(
    (call): Attack => ({
      name: call,
      sql: [`SELECT ${call}`],
      end: ['error'],
      error: /^42501 permission denied for function/,
    }),
  ),
  {
    name: 'an external entity',
    sql: ['SELECT xmlparse(DOCUMENT \'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>\')::text'],
    end: ['completed', 'error'],
    never: /root:/,
  },
  {
    name: 'entities that multiply',
    sql: [
      `SELECT length(xmlparse(DOCUMENT '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx">${Array.from({ length: 12 }, (_, n) => `<!ENTITY b${n} "${`&b${n === 0 ? '' : n - 1};`.repeat(12)}">`).join('')}]><a>&b11;</a>')::text)`,
    ],
    end: ['error', 'completed', 'memory_limit', 'time_limit'],
  },
]

const languages: Attack[] = [
  ...[
    'dblink',
    'postgres_fdw',
    'file_fdw',
    'plpython3u',
    'plperl',
    'plperlu',
    'pltcl',
    'pltclu',
    'adminpack',
    'xml2',
    'sslinfo',
  ].map(
    (name): Attack => ({
      name: `the extension ${name}`,
      sql: [`CREATE EXTENSION ${name}`],
      end: ['error'],
      error: /^0A000 extension .* is not available/,
    }),
  ),
  ...['pageinspect', 'pg_stat_statements', 'pg_buffercache'].map(
    (name): Attack => ({
      name: `the extension ${name}`,
      sql: [`CREATE EXTENSION ${name}`],
      end: ['error'],
      error: /^(42501|0A000)/,
    }),
  ),
  ...[
    'pgcrypto',
    'pg_trgm',
    'hstore',
    'citext',
    'unaccent',
    'tablefunc',
    'fuzzystrmatch',
    'btree_gist',
    'intarray',
    'ltree',
  ].map(
    (name): Attack => ({
      name: `the allowed extension ${name}`,
      sql: [`CREATE EXTENSION ${name}`, `DROP EXTENSION ${name}`],
      end: ['completed'],
    }),
  ),
  ...['c', 'internal'].map(
    (name): Attack => ({
      name: `the language ${name}`,
      sql: [`CREATE FUNCTION f() RETURNS int LANGUAGE ${name} AS 'x'`],
      end: ['error'],
      error: /^42501 permission denied for language/,
    }),
  ),
  { name: 'a library', sql: ["LOAD '/lib/x86_64-linux-gnu/libc.so.6'"], end: ['error'], error: /^42501/ },
  { name: 'another language', sql: ['CREATE LANGUAGE plpython3u'], end: ['error'] },
]

const power: Attack[] = [
  ...[
    "ALTER SYSTEM SET work_mem = '8GB'",
    'ALTER ROLE CURRENT_USER SUPERUSER',
    'ALTER ROLE CURRENT_USER CREATEDB',
    'ALTER ROLE CURRENT_USER REPLICATION',
    'ALTER ROLE CURRENT_USER CONNECTION LIMIT 0',
    "ALTER ROLE podium PASSWORD 'x'",
    'SET ROLE podium',
    'SET ROLE dataset',
    'SET SESSION AUTHORIZATION podium',
    'GRANT pg_read_server_files TO CURRENT_USER',
    'GRANT pg_execute_server_program TO CURRENT_USER',
    'GRANT podium TO CURRENT_USER',
    'CREATE ROLE other',
    'CREATE DATABASE other',
    "CREATE TABLESPACE t LOCATION '/tmp'",
    "CREATE SUBSCRIPTION s CONNECTION 'host=localhost' PUBLICATION p",
    'CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()',
    'DROP DATABASE podium',
    'DROP ROLE dataset',
    'SELECT pg_reload_conf()',
    'SELECT pg_switch_wal()',
    'SELECT pg_rotate_logfile()',
    'SELECT pg_stat_reset()',
    "SELECT pg_create_physical_replication_slot('x')",
    "SELECT pg_create_logical_replication_slot('x', 'pgoutput')",
    'SELECT pg_log_backend_memory_contexts(pg_backend_pid())',
    'CHECKPOINT',
    'SELECT * FROM pg_authid',
    'SELECT * FROM pg_hba_file_rules',
    'UPDATE pg_catalog.pg_class SET relowner = 10',
    "SELECT set_config('log_statement', 'all', false)",
    "SET session_preload_libraries = 'x'",
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user AND usename IS NOT NULL',
    'SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename <> current_user AND usename IS NOT NULL',
  ].map(
    (text): Attack => ({ name: text, sql: [text], end: ['error'], error: /^(42501|55000|0A000|55006|2BP01|0LP01)/ }),
  ),
  ...[
    'ALTER DATABASE $db SET statement_timeout = 1',
    'ALTER DATABASE $db CONNECTION LIMIT 0',
    'ALTER DATABASE $db IS_TEMPLATE true',
    'ALTER DATABASE $db OWNER TO dataset',
    'ALTER DATABASE $db RENAME TO other',
    'ALTER DATABASE $db ALLOW_CONNECTIONS false',
  ].map(
    (text): Attack => ({
      name: text,
      sql: [`DO $$ BEGIN EXECUTE replace('${text}', '$db', current_database()); END $$`.replaceAll('$$', '$do$')],
      end: ['error'],
      error: /^42501|^0A000/,
    }),
  ),
  {
    name: 'an own password',
    sql: [["ALTER ROLE CURRENT_USER PASSWORD 'mine'"], ['SELECT 1']],
    end: ['completed'],
    row: ['1'],
  },
  {
    name: 'no password at all',
    sql: [['ALTER ROLE CURRENT_USER PASSWORD NULL'], ['SELECT 1']],
    end: ['completed'],
    row: ['1'],
  },
  {
    name: 'an own timeout of one millisecond',
    sql: [['ALTER ROLE CURRENT_USER SET statement_timeout = 1'], ['SELECT pg_sleep(0.1)']],
    end: ['error'],
    error: /^57014 canceling statement due to statement timeout/,
  },
  {
    name: 'an own encoding, date style and zone',
    sql: [
      [
        "ALTER ROLE CURRENT_USER SET client_encoding = 'LATIN1'",
        "ALTER ROLE CURRENT_USER SET DateStyle = 'German'",
        "ALTER ROLE CURRENT_USER SET TimeZone = 'Asia/Tokyo'",
      ],
      ["SELECT 'ü', timestamptz '2024-01-02 00:00:00+00'"],
    ],
    end: ['completed'],
    row: ['ü', '2024-01-02 00:00:00+00'],
  },
  {
    name: 'a library that lets nobody in',
    sql: [["ALTER ROLE CURRENT_USER SET local_preload_libraries = 'nothing'"], ['SELECT 1']],
    end: ['lost', 'error', 'completed'],
    mayLoseSandbox: true,
  },
  {
    name: 'the end of one’s own session',
    sql: ['SELECT pg_terminate_backend(pg_backend_pid())'],
    end: ['error'],
    error: /^57P01/,
  },
  {
    name: 'the end of the sessions one can see',
    sql: ['SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user'],
    end: ['error', 'completed'],
  },
  {
    name: 'a function that would run with the dataset’s rights',
    sql: [
      "CREATE FUNCTION f() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user'",
      'ALTER FUNCTION f() OWNER TO dataset',
    ],
    end: ['error'],
    error: /^42501/,
  },
]

const sight: Attack[] = [
  {
    name: 'what others run',
    sql: ['SELECT count(*) FROM pg_stat_activity WHERE usename <> current_user AND query ~ $$films|SELECT$$'],
    end: ['completed'],
    row: ['0'],
  },
  {
    name: 'names of databases',
    sql: [
      "SELECT count(*) FROM pg_database WHERE datname !~ '^s_[a-z0-9]{20}$' AND datname NOT IN ('podium', 'dataset', 'shared')",
    ],
    end: ['completed'],
    row: ['0'],
  },
  {
    name: 'names of roles',
    sql: [
      "SELECT count(*) FROM pg_roles WHERE rolname !~ '^(s_[a-z0-9]{20}|pg_[a-z_]+)$' AND rolname NOT IN ('podium', 'dataset', 'readers')",
    ],
    end: ['completed'],
    row: ['0'],
  },
  {
    name: 'a door to other databases',
    sql: [
      "SELECT count(*) FROM pg_database WHERE datname <> current_database() AND has_database_privilege(datname, 'CONNECT')",
    ],
    end: ['completed'],
    row: ['0'],
  },
  {
    name: 'the size of other databases',
    sql: ['SELECT sum(pg_database_size(datname)) FROM pg_database WHERE datname <> current_database()'],
    end: ['error'],
    error: /^42501/,
  },
  {
    name: 'what the server was told at its start',
    sql: ["SELECT setting FROM pg_settings WHERE name IN ('data_directory', 'config_file', 'hba_file')"],
    end: ['completed'],
    never: /\//,
  },
  {
    name: 'secrets',
    sql: ["SELECT coalesce(string_agg(rolpassword, ''), '') FROM pg_roles WHERE rolpassword <> '********'"],
    end: ['completed'],
    row: [''],
  },
  {
    name: 'who is connected from where',
    sql: [
      'SELECT count(*) FROM pg_stat_activity WHERE usename <> current_user AND (application_name <> $$$$ OR client_addr IS NOT NULL)',
    ],
    end: ['completed'],
    row: ['0'],
  },
]

const traps: Attack[] = [
  {
    name: 'an operator that shadows the one Podium compares with',
    sql: [
      'CREATE SCHEMA evil',
      "CREATE FUNCTION evil.no(oid, oid) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$",
      'CREATE OPERATOR evil.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = evil.no)',
      "CREATE TYPE mood AS ENUM ('good')",
      'SET search_path = evil, public, pg_catalog',
      "SELECT 'good'::mood",
    ],
    end: ['completed'],
    check: ({ statements }) =>
      statements[5]?.columns[0]?.type === 'mood' ? null : `type ${statements[5]?.columns[0]?.type}`,
  },
  {
    name: 'a table that became a view over a volatile function',
    sql: [
      'DROP TABLE films',
      'CREATE FUNCTION f() RETURNS TABLE (id int, title text) LANGUAGE sql VOLATILE AS $$ SELECT 1, current_user::text $$',
      'CREATE VIEW films AS SELECT * FROM f()',
      "SELECT title ~ '^s_' FROM films",
    ],
    end: ['completed'],
    row: ['t'],
  },
  {
    name: 'a row policy with side effects',
    sql: [
      'CREATE TABLE log (who text)',
      'CREATE FUNCTION note() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (current_user); RETURN true; END $$',
      'CREATE TABLE t (n int)',
      'INSERT INTO t VALUES (1)',
      'ALTER TABLE t ENABLE ROW LEVEL SECURITY',
      'ALTER TABLE t FORCE ROW LEVEL SECURITY',
      'CREATE POLICY p ON t USING (note())',
      'TABLE t',
      "SELECT bool_and(who ~ '^s_') FROM log",
    ],
    end: ['completed'],
    row: ['t'],
  },
  {
    name: 'an index whose expression has side effects',
    sql: [
      "CREATE FUNCTION f(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE 'as %', current_user; RETURN $1; END $$",
      'CREATE INDEX ON films (f(id))',
      'ANALYZE films',
    ],
    end: ['completed'],
    never: /as podium/,
  },
]

/** Every attack by an ordinary role. */
export const attacks: readonly Attack[] = [
  ...endless,
  ...memory,
  ...disk,
  ...output,
  ...locks,
  ...files,
  ...languages,
  ...power,
  ...sight,
  ...traps,
]
