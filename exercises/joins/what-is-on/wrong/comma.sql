-- A comma between tables and no condition: every film beside every screening.
SELECT f.title, s.starts_at
FROM   screening AS s, film AS f
WHERE  s.starts_at >= '2025-03-03'
  AND  s.starts_at <  '2025-03-10';
