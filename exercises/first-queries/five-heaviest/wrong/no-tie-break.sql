-- Ties by name from Z to A, because DESC was taken to hold for the whole list.
SELECT name, weight_g
FROM   item
WHERE  weight_g IS NOT NULL
ORDER  BY weight_g DESC, name DESC
LIMIT  5;
