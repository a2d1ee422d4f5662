-- Inner joins to the counts lose every film that has none of one kind.
SELECT f.id, f.title, w.n AS wishes, t.n AS tickets
FROM   film AS f
JOIN   (SELECT film_id, count(*) AS n FROM wish GROUP BY film_id) AS w ON w.film_id = f.id
JOIN   (SELECT s.film_id, count(*) AS n
        FROM   ticket AS t
        JOIN   screening AS s ON s.id = t.screening_id
        WHERE  t.refunded_at IS NULL
        GROUP  BY s.film_id) AS t ON t.film_id = f.id;
