-- In WHERE the condition drops a screening of which every ticket was given back.
SELECT s.id AS screening, f.title, h.name AS hall,
       count(t.id) AS sold, round(avg(t.price), 2) AS avg_price
FROM   screening AS s
JOIN   film      AS f ON f.id = s.film_id
JOIN   hall      AS h ON h.id = s.hall_id
LEFT   JOIN ticket AS t ON t.screening_id = s.id
WHERE  s.starts_at >= '2025-03-01'
  AND  s.starts_at <  '2025-04-01'
  AND  s.cancelled_at IS NULL
  AND  t.refunded_at IS NULL
GROUP  BY s.id, f.title, h.name
ORDER  BY sold, screening;
