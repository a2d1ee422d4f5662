-- Takes NULL for 0: these are the items for which none is asked.
SELECT id, name
FROM   item
WHERE  deposit = 0;
