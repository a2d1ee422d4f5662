SELECT id,
       CASE WHEN weight_g IS NULL THEN format('%s (%s), not weighed', name, category)
            ELSE format('%s (%s), %s g', name, category, weight_g) END AS label
FROM   item
WHERE  retired_on IS NULL;
