-- LIMIT on the whole answer: two rows, not two for each film.
SELECT f.id AS film_id, f.title, s.id AS screening, s.starts_at
FROM   film AS f
LEFT   JOIN screening AS s ON s.film_id = f.id AND s.cancelled_at IS NULL
ORDER  BY f.id, s.starts_at DESC, s.id DESC
LIMIT  2;
