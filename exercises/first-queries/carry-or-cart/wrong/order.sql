-- The wide branch comes first and takes the light things too: nothing is ever pocket.
SELECT id, name,
       CASE WHEN weight_g IS NULL THEN 'ask'
            WHEN weight_g < 5000 THEN 'hand'
            WHEN weight_g < 1000 THEN 'pocket'
            ELSE 'cart'
       END AS way
FROM   item;
