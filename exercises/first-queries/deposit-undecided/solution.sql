SELECT id, name
FROM   item
WHERE  deposit IS NULL;
