-- LIKE is exact about capitals, so names that begin with Ladder are lost.
SELECT id, name
FROM   item
WHERE  name LIKE '%ladder%';
