-- The condition in WHERE drops combinations in which all screenings were cancelled, and shows none of the others as 0.
SELECT day::date AS day, h.name AS hall, count(s.id) AS screenings
FROM   generate_series(date '2025-04-04', date '2025-04-08', interval '1 day') AS day
CROSS  JOIN hall AS h
LEFT   JOIN screening AS s ON s.hall_id = h.id
WHERE  s.starts_at::date = day::date AND s.cancelled_at IS NULL
GROUP  BY day, h.name
ORDER  BY day, hall;
