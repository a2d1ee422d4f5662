-- HAVING sum(paid) > 0 asks the whole group: one paid piece lets all the free ones in.
SELECT d.name, sum(s.quantity) AS pieces
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY d.name
HAVING sum(s.quantity) >= 48 AND sum(s.paid) > 0;
