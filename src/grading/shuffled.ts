/**
 * The same data in another order: what a result must not depend on. Tables are rewritten by the hash of their rows, with
 * keys, constraints and everything else as it was.
 */
import type { ImageFile, ImageRecipe } from '../pods/driver.ts'

/** Runs as the last file of a dataset. CLUSTER keeps a table what it is, which emptying and filling it would not. */
const shuffle = `DO $podium$
DECLARE relation record;
BEGIN
  CREATE FUNCTION pg_temp.podium_key(anyelement) RETURNS text LANGUAGE sql IMMUTABLE
    AS 'SELECT pg_catalog.md5($1::text || ''podium'')';
  FOR relation IN
    SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  LOOP
    EXECUTE format('CREATE INDEX podium_shuffle ON %s (pg_temp.podium_key(%s.*))', relation.name, relation.name);
    EXECUTE format('CLUSTER %s USING podium_shuffle', relation.name);
    EXECUTE format('ALTER TABLE %s SET WITHOUT CLUSTER', relation.name);
    EXECUTE format('DROP INDEX %s', (SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = relation.name AND c.relname = 'podium_shuffle'));
  END LOOP;
END $podium$;`

const shuffleFile: ImageFile = { name: 'another-row-order.sql', format: 'sql', text: shuffle }

const recipes = new WeakMap<ImageRecipe, ImageRecipe>()

/** The recipe with its rows in another order; the same object for the same recipe. */
export function shuffledRecipe(recipe: ImageRecipe): ImageRecipe {
  const known = recipes.get(recipe) ?? { ...recipe, files: [...recipe.files, shuffleFile] }
  recipes.set(recipe, known)
  return known
}

/** Settings under which the planner chooses other ways: parallel plans, and sorting where it would hash. */
export const otherPlans = [
  'SET max_parallel_workers_per_gather = 4',
  'SET parallel_setup_cost = 0',
  'SET parallel_tuple_cost = 0',
  'SET min_parallel_table_scan_size = 0',
  'SET enable_hashagg = off',
  'SET enable_hashjoin = off',
]
