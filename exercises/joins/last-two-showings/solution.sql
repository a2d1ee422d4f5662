SELECT f.id AS film_id, f.title, s.id AS screening, s.starts_at
FROM   film AS f
LEFT   JOIN LATERAL (SELECT x.id, x.starts_at
                     FROM   screening AS x
                     WHERE  x.film_id = f.id AND x.cancelled_at IS NULL
                     ORDER  BY x.starts_at DESC, x.id DESC
                     LIMIT  2) AS s ON true
ORDER  BY f.id, s.starts_at DESC, s.id DESC;
