-- Sorted from Z to A.
SELECT DISTINCT category
FROM   item
WHERE  retired_on IS NULL
ORDER  BY category DESC;
