-- OFFSET counts rows, not pages: this begins at the third item.
SELECT id, name
FROM   item
WHERE  retired_on IS NULL
ORDER  BY name, id
LIMIT  5 OFFSET 2;
