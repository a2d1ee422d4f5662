-- Looks for the same moment, so only screenings that begin together are found.
SELECT h.name AS hall, a.id AS first_id, b.id AS second_id
FROM   screening AS a
JOIN   screening AS b ON b.hall_id = a.hall_id AND b.id > a.id AND b.starts_at = a.starts_at
JOIN   hall      AS h ON h.id = a.hall_id
WHERE  a.cancelled_at IS NULL
  AND  b.cancelled_at IS NULL
  AND  a.starts_at >= '2025-04-01' AND a.starts_at < '2025-05-01';
