/**
 * The extensions that are shipped: an allow list. Left out is everything that reaches a network, a file or another
 * language (dblink, the foreign data wrappers, PL/Perl, PL/Python, PL/Tcl, xml2) and what only a production server
 * has a use for. Those PostgreSQL does not mark as trusted need a superuser, so they exist only in a pod of one's own.
 */
export const extensions = [
  'amcheck',
  'bloom',
  'btree_gin',
  'btree_gist',
  'citext',
  'cube',
  'dict_int',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'ltree',
  'pageinspect',
  'pg_buffercache',
  'pg_freespacemap',
  'pg_prewarm',
  'pg_stat_statements',
  'pg_trgm',
  'pg_visibility',
  'pg_walinspect',
  'pgcrypto',
  'pgrowlocks',
  'pgstattuple',
  'plpgsql',
  'seg',
  'tablefunc',
  'tsm_system_rows',
  'tsm_system_time',
  'unaccent',
  'uuid-ossp',
] as const
