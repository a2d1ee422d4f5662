-- Asks for a blank before the word, so it misses names that begin with it.
SELECT id, name
FROM   item
WHERE  name ILIKE '% ladder%';
