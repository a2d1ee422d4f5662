WITH april AS (
  SELECT s.id, s.hall_id,
         tstzrange(s.starts_at, s.starts_at + f.minutes * interval '1 minute') AS during
  FROM   screening AS s
  JOIN   film AS f ON f.id = s.film_id
  WHERE  s.cancelled_at IS NULL
    AND  s.starts_at >= '2025-04-01' AND s.starts_at < '2025-05-01'
)
SELECT h.name AS hall, a.id AS first_id, b.id AS second_id
FROM   april AS a
JOIN   april AS b ON b.hall_id = a.hall_id AND b.id > a.id AND a.during && b.during
JOIN   hall  AS h ON h.id = a.hall_id;
