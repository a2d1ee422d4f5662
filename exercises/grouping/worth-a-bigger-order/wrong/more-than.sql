-- "At least" written as "more than".
SELECT d.name, sum(s.quantity) AS pieces
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
WHERE  s.paid > 0
GROUP  BY d.name
HAVING sum(s.quantity) > 48;
