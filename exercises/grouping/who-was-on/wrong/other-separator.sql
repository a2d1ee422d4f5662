-- Without the blank the line does not read like the one on the wall.
SELECT s.day, string_agg(DISTINCT b.first_name, ',' ORDER BY b.first_name) AS names
FROM   shift AS s
JOIN   barkeeper AS b ON b.id = s.barkeeper_id
WHERE  s.day >= '2025-03-01' AND s.day < '2025-04-01'
GROUP  BY s.day
ORDER  BY s.day;
