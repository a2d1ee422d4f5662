-- Sorts upwards: these are the five lightest.
SELECT name, weight_g
FROM   item
ORDER  BY weight_g, name, id
LIMIT  5;
