-- min and max of the name: first and last in the alphabet, not in the night.
SELECT s.evening, min(d.name) AS first_drink, max(d.name) AS last_drink
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY s.evening
ORDER  BY s.evening;
