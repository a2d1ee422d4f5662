-- OFFSET is what to skip, not where to begin: item six is lost.
SELECT id, name
FROM   item
WHERE  retired_on IS NULL
ORDER  BY name, id
LIMIT  5 OFFSET 6;
