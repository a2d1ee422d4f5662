SELECT s.evening,
       (array_agg(d.name ORDER BY s.sold_at))[1]      AS first_drink,
       (array_agg(d.name ORDER BY s.sold_at DESC))[1] AS last_drink
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY s.evening
ORDER  BY s.evening;
