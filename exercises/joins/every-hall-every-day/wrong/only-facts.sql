-- Groups what is there: days and halls without a screening do not appear.
SELECT s.starts_at::date AS day, h.name AS hall, count(*) AS screenings
FROM   screening AS s
JOIN   hall AS h ON h.id = s.hall_id
WHERE  s.starts_at >= '2025-04-04' AND s.starts_at < '2025-04-09'
  AND  s.cancelled_at IS NULL
GROUP  BY 1, h.name
ORDER  BY day, hall;
