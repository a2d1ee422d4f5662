SELECT f.id AS film_id, f.title, s.id AS screening, s.starts_at
FROM   film AS f
LEFT   JOIN (SELECT id, film_id, starts_at,
                    row_number() OVER (PARTITION BY film_id ORDER BY starts_at DESC, id DESC) AS n
             FROM   screening
             WHERE  cancelled_at IS NULL) AS s ON s.film_id = f.id AND s.n <= 2
ORDER  BY f.id, s.starts_at DESC, s.id DESC;
