-- = NULL is unknown for every row, so nothing is found.
SELECT id, name
FROM   item
WHERE  deposit = NULL;
