SELECT name, weight_g
FROM   item
ORDER  BY weight_g DESC NULLS LAST, name, id
LIMIT  5;
