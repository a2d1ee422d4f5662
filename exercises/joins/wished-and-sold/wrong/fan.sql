-- One big join: every ticket meets every wish, and both counts are their product.
SELECT f.id, f.title, count(w.member_id) AS wishes, count(t.id) AS tickets
FROM   film AS f
LEFT   JOIN wish      AS w ON w.film_id = f.id
LEFT   JOIN screening AS s ON s.film_id = f.id
LEFT   JOIN ticket    AS t ON t.screening_id = s.id AND t.refunded_at IS NULL
GROUP  BY f.id;
