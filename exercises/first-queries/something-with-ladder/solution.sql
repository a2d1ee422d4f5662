SELECT id, name
FROM   item
WHERE  name ILIKE '%ladder%';
