-- A ticket that was given back shows nothing to anybody.
SELECT member_id, film_id
FROM   wish
INTERSECT
SELECT t.member_id, s.film_id
FROM   ticket    AS t
JOIN   screening AS s ON s.id = t.screening_id
ORDER  BY member_id, film_id;
