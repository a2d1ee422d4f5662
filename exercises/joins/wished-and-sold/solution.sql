SELECT f.id, f.title,
       coalesce(w.n, 0) AS wishes,
       coalesce(t.n, 0) AS tickets
FROM   film AS f
LEFT   JOIN (SELECT film_id, count(*) AS n
             FROM   wish
             GROUP  BY film_id) AS w ON w.film_id = f.id
LEFT   JOIN (SELECT s.film_id, count(*) AS n
             FROM   ticket AS t
             JOIN   screening AS s ON s.id = t.screening_id
             WHERE  t.refunded_at IS NULL
             GROUP  BY s.film_id) AS t ON t.film_id = f.id;
