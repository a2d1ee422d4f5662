-- Treats "none is asked" and "not decided" as the same thing.
SELECT id, name
FROM   item
WHERE  coalesce(deposit, 0) = 0;
