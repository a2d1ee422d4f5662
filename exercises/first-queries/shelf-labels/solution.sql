SELECT id,
       name || ' (' || category || '), ' || coalesce(weight_g || ' g', 'not weighed') AS label
FROM   item
WHERE  retired_on IS NULL;
