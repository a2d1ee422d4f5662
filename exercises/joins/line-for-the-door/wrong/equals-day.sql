-- A moment is equal to a date only at midnight, so this finds nothing.
SELECT f.title, h.name AS hall, s.starts_at,
       s.starts_at + f.minutes * interval '1 minute' AS ends_at
FROM   screening AS s
JOIN   film      AS f ON f.id = s.film_id
JOIN   hall      AS h ON h.id = s.hall_id
WHERE  s.starts_at = '2025-04-05'
  AND  s.cancelled_at IS NULL
ORDER  BY s.starts_at, hall;
