/** Extensions, languages and libraries: an allow list. */
import type { Attack } from './attack.ts'

/** Extensions, languages and libraries: an allow list. */
export const languages: readonly Attack[] = [
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
