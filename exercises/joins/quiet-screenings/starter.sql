-- Quiet screenings, March 2025
SELECT s.id                   AS screening,
       f.title,
       h.name                 AS hall,
       count(t.id)            AS sold,
       round(avg(t.price), 2) AS avg_price
FROM   screening s
JOIN   film f    ON f.id = s.film_id
JOIN   hall h    ON h.id = s.hall_id
JOIN   ticket t  ON t.screening_id = s.id
WHERE  s.starts_at >= '2025-03-01'
  AND  s.starts_at <  '2025-04-01'
GROUP BY s.id, f.title, h.name
ORDER BY sold, screening;
