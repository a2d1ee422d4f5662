SELECT s.film_id, s.starts_at
FROM   screening AS s
WHERE  s.starts_at >= '2025-03-03'
  AND  s.starts_at <  '2025-03-10';
