SELECT name, weight_g
FROM   item
WHERE  weight_g IS NOT NULL
ORDER  BY weight_g DESC, name, id
LIMIT  5;
