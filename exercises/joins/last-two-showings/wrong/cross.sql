-- CROSS JOIN LATERAL loses films for which the subquery is empty.
SELECT f.id AS film_id, f.title, s.id AS screening, s.starts_at
FROM   film AS f
CROSS  JOIN LATERAL (SELECT x.id, x.starts_at
                     FROM   screening AS x
                     WHERE  x.film_id = f.id AND x.cancelled_at IS NULL
                     ORDER  BY x.starts_at DESC, x.id DESC
                     LIMIT  2) AS s
ORDER  BY f.id, s.starts_at DESC, s.id DESC;
