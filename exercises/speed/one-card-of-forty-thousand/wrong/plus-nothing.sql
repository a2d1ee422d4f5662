-- A calculation on the column, even with 0, hides it from the index.
SELECT id, holder, kind
FROM   card
WHERE  id + 0 = 31415;
