-- Takes the two latest first and looks afterwards whether they took place.
SELECT f.id AS film_id, f.title, s.id AS screening, s.starts_at
FROM   film AS f
LEFT   JOIN LATERAL (SELECT y.id, y.starts_at
                     FROM   (SELECT x.*
                             FROM   screening AS x
                             WHERE  x.film_id = f.id
                             ORDER  BY x.starts_at DESC, x.id DESC
                             LIMIT  2) AS y
                     WHERE  y.cancelled_at IS NULL) AS s ON true
ORDER  BY f.id, s.starts_at DESC, s.id DESC;
