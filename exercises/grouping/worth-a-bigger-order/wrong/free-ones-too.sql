-- Counts what the house gave away.
SELECT d.name, sum(s.quantity) AS pieces
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.name
HAVING sum(s.quantity) >= 48;
