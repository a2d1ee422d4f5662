SELECT DISTINCT s.evening,
       first_value(d.name) OVER night AS first_drink,
       last_value(d.name)  OVER night AS last_drink
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
WINDOW night AS (PARTITION BY s.evening ORDER BY s.sold_at
                 ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER  BY s.evening;
