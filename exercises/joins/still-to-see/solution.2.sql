SELECT w.member_id, m.first_name, f.title, w.film_id
FROM   wish   AS w
JOIN   member AS m ON m.id = w.member_id
JOIN   film   AS f ON f.id = w.film_id
WHERE  NOT EXISTS (SELECT FROM ticket AS t
                   JOIN   screening AS s ON s.id = t.screening_id
                   WHERE  t.member_id = w.member_id
                     AND  s.film_id = w.film_id
                     AND  t.refunded_at IS NULL)
ORDER  BY w.member_id, w.film_id;
