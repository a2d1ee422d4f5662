SELECT DISTINCT w.member_id, w.film_id
FROM   wish      AS w
JOIN   ticket    AS t ON t.member_id = w.member_id AND t.refunded_at IS NULL
JOIN   screening AS s ON s.id = t.screening_id AND s.film_id = w.film_id
ORDER  BY w.member_id, w.film_id;
