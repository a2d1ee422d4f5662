-- Takes the number of the sale for the time. The till numbers them in another order.
SELECT s.evening,
       (array_agg(d.name ORDER BY s.id))[1]      AS first_drink,
       (array_agg(d.name ORDER BY s.id DESC))[1] AS last_drink
FROM   sale  AS s
JOIN   drink AS d ON d.id = s.drink_id
GROUP  BY s.evening
ORDER  BY s.evening;
