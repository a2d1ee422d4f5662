-- <= puts exactly 1000 g and exactly 5000 g one class too low.
SELECT id, name,
       CASE WHEN weight_g IS NULL THEN 'ask'
            WHEN weight_g <= 1000 THEN 'pocket'
            WHEN weight_g <= 5000 THEN 'hand'
            ELSE 'cart'
       END AS way
FROM   item;
