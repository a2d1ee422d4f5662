-- DISTINCT is about the whole row: with the name in it, hardly anything is a repeat.
SELECT DISTINCT category, name
FROM   item
WHERE  retired_on IS NULL
ORDER  BY category;
