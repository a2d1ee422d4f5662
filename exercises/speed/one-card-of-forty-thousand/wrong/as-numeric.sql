-- 31415.0 is a numeric. The column is turned into one as well, row by row.
SELECT id, holder, kind
FROM   card
WHERE  id = 31415.0;
