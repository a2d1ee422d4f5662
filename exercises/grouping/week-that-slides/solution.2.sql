SELECT s.evening,
       sum(s.paid) AS takings,
       (SELECT sum(w.paid)
        FROM   sale AS w
        WHERE  w.evening BETWEEN s.evening - 6 AND s.evening) AS seven_days
FROM   sale AS s
GROUP  BY s.evening
ORDER  BY s.evening;
