-- A date means midnight at its beginning, so BETWEEN loses all of Sunday.
SELECT f.title, s.starts_at
FROM   screening AS s
JOIN   film      AS f ON f.id = s.film_id
WHERE  s.starts_at BETWEEN '2025-03-03' AND '2025-03-09';
