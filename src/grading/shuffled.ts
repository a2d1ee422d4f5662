/**
 * The same data in another order: what a result must not depend on. Tables are rewritten backwards, with keys, constraints
 * and everything else as it was.
 */
import type { ImageFile, ImageRecipe } from '../pods/driver.ts'

/**
 * Runs as the last file of a dataset, and turns the rows of every table round: of two rows that tie, the other comes first.
 * CLUSTER keeps a table what it is, which emptying and filling it would not; numbering the rows fires no trigger. VACUUM
 * then takes the numbers out of the rows, which DROP COLUMN does not, and keeps the order.
 */
const turnRound = `DO $podium$
DECLARE relation record;
BEGIN
  FOR relation IN
    SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND NOT c.relispartition AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  LOOP
    EXECUTE format('ALTER TABLE %s ADD COLUMN podium_place bigint GENERATED ALWAYS AS IDENTITY', relation.name);
    EXECUTE format('CREATE INDEX podium_places ON %s (podium_place DESC)', relation.name);
    EXECUTE format('CLUSTER %s USING podium_places', relation.name);
    EXECUTE format('ALTER TABLE %s SET WITHOUT CLUSTER', relation.name);
    EXECUTE format('ALTER TABLE %s DROP COLUMN podium_place', relation.name);
  END LOOP;
END $podium$;
VACUUM (FULL, ANALYZE);`

const turnRoundFile: ImageFile = { name: 'another-row-order.sql', format: 'sql', text: turnRound }

const recipes = new WeakMap<ImageRecipe, ImageRecipe>()

/** The recipe with its rows in another order; the same object for the same recipe. */
export function shuffledRecipe(recipe: ImageRecipe): ImageRecipe {
  const known = recipes.get(recipe) ?? { ...recipe, files: [...recipe.files, turnRoundFile] }
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
