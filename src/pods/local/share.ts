/** Statements that Podium runs once in a template or shared database, as its own role. */
import { datasetName } from './settings.ts'

/**
 * Closes what PostgreSQL leaves open to everybody: advisory locks (a million of them fill the lock table of all the
 * neighbours), large objects for those who may only read.
 */
export const sealStatements = `
DO $seal$
DECLARE routine regprocedure;
BEGIN
  FOR routine IN SELECT p.oid FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'pg_catalog' AND p.proname ~ '^pg_(try_)?advisory_'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', routine);
  END LOOP;
  FOR routine IN SELECT p.oid FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'pg_catalog' AND p.proname ~ '^(lo_creat|lo_create|lo_from_bytea|lo_put|lowrite|lo_open|lo_truncate.*)$'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', routine);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ${datasetName}', routine);
  END LOOP;
END
$seal$`

/**
 * Lets readers select everywhere, and nothing else. Granted to all, for nobody else can connect; a reader with the rights
 * of a common role could take that role's rights away from the others (`DROP OWNED`).
 */
export const shareStatements = `
DO $share$
DECLARE name text;
BEGIN
  FOR name IN SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  LOOP
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', name);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC', name);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO PUBLIC', name);
    EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %I TO PUBLIC', name);
  END LOOP;
END
$share$`
