SELECT id, name
FROM   item
WHERE  lower(name) LIKE '%ladder%';
