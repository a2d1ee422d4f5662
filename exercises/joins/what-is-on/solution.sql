SELECT f.title, s.starts_at
FROM   screening AS s
JOIN   film      AS f ON f.id = s.film_id
WHERE  s.starts_at >= '2025-03-03'
  AND  s.starts_at <  '2025-03-10';
