-- DISTINCT repairs one count, the other still counts each ticket once for every wish.
SELECT f.id, f.title, count(DISTINCT w.member_id) AS wishes, count(t.id) AS tickets
FROM   film AS f
LEFT   JOIN wish      AS w ON w.film_id = f.id
LEFT   JOIN screening AS s ON s.film_id = f.id
LEFT   JOIN ticket    AS t ON t.screening_id = s.id AND t.refunded_at IS NULL
GROUP  BY f.id;
