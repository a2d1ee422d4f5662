-- DESC puts the items without a weight on top, and they take the places.
SELECT name, weight_g
FROM   item
ORDER  BY weight_g DESC, name, id
LIMIT  5;
