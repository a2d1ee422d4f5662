-- <= makes a clash of two screenings that only touch.
SELECT h.name AS hall, a.id AS first_id, b.id AS second_id
FROM   screening AS a
JOIN   film      AS fa ON fa.id = a.film_id
JOIN   screening AS b  ON b.hall_id = a.hall_id AND b.id > a.id
JOIN   film      AS fb ON fb.id = b.film_id
JOIN   hall      AS h  ON h.id = a.hall_id
WHERE  a.cancelled_at IS NULL
  AND  b.cancelled_at IS NULL
  AND  a.starts_at >= '2025-04-01' AND a.starts_at < '2025-05-01'
  AND  b.starts_at >= '2025-04-01' AND b.starts_at < '2025-05-01'
  AND  a.starts_at <= b.starts_at + fb.minutes * interval '1 minute'
  AND  b.starts_at <= a.starts_at + fa.minutes * interval '1 minute';
