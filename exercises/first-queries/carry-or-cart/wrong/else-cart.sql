-- An unknown weight is not below anything, so it falls through to ELSE and gets a cart.
SELECT id, name,
       CASE WHEN weight_g < 1000 THEN 'pocket'
            WHEN weight_g < 5000 THEN 'hand'
            ELSE 'cart'
       END AS way
FROM   item;
