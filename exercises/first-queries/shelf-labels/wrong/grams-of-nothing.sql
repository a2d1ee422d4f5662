-- The g stands outside of coalesce, so the label says "not weighed g".
SELECT id,
       name || ' (' || category || '), ' || coalesce(weight_g::text, 'not weighed') || ' g' AS label
FROM   item
WHERE  retired_on IS NULL;
