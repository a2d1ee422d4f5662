/** Traps for what Podium itself asks in a sandbox. */
import type { Attack } from './attack.ts'

/** Traps for what Podium itself asks in a sandbox. */
export const traps: readonly Attack[] = [
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
