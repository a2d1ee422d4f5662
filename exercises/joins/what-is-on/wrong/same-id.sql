-- Both tables have a column id, but screening 5 has nothing to do with film 5.
SELECT f.title, s.starts_at
FROM   screening AS s
JOIN   film      AS f ON f.id = s.id
WHERE  s.starts_at >= '2025-03-03'
  AND  s.starts_at <  '2025-03-10';
