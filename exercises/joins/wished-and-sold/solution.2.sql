SELECT f.id, f.title,
       (SELECT count(*) FROM wish AS w WHERE w.film_id = f.id) AS wishes,
       (SELECT count(*)
        FROM   ticket AS t
        JOIN   screening AS s ON s.id = t.screening_id
        WHERE  s.film_id = f.id AND t.refunded_at IS NULL) AS tickets
FROM   film AS f;
