-- The frame ends at the present row, so last_value is the row's own drink, and DISTINCT has nothing to drop.
SELECT DISTINCT s.evening,
       first_value(d.name) OVER (PARTITION BY s.evening ORDER BY s.sold_at) AS first_drink,
       last_value(d.name)  OVER (PARTITION BY s.evening ORDER BY s.sold_at) AS last_drink
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
ORDER  BY s.evening;
