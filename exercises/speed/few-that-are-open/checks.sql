-- check: the index is there
-- message: There is no finished index named tap_open on the table tap.
SELECT 1 WHERE NOT EXISTS (
  SELECT FROM pg_index i WHERE i.indexrelid = to_regclass('public.tap_open') AND i.indrelid = 'public.tap'::regclass AND i.indisvalid);

-- check: sorted by time
-- message: The first column of the index is not tapped_at.
SELECT 1 WHERE to_regclass('public.tap_open') IS NULL
   OR pg_get_indexdef(to_regclass('public.tap_open'), 1, true) IS DISTINCT FROM 'tapped_at';

-- check: sorted at all
-- message: The index is of a kind that has no order. Leave out USING, and it is a B-tree.
SELECT a.amname FROM pg_class c JOIN pg_am a ON a.oid = c.relam
WHERE  c.oid = to_regclass('public.tap_open') AND a.amname <> 'btree';

-- check: only some rows
-- message: The index holds all taps: it has no condition.
SELECT 1 FROM pg_index i WHERE i.indexrelid = to_regclass('public.tap_open') AND i.indpred IS NULL;

-- check: the right rows
-- message: The condition of the index is not that fare_cents is NULL.
SELECT 1 FROM pg_index i WHERE i.indexrelid = to_regclass('public.tap_open') AND i.indpred IS NOT NULL
   AND pg_get_expr(i.indpred, i.indrelid) <> '(fare_cents IS NULL)';

-- check: small
-- message: The index is larger than 200 kB.
SELECT 1 WHERE pg_relation_size(to_regclass('public.tap_open')) > 200 * 1024;
