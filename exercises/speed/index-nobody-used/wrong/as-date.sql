-- Shorter than to_char, and still a function of the column.
SELECT s.name, count(*) AS taps, sum(t.fare_cents) AS fares
FROM   tap     AS t
JOIN   station AS s ON s.id = t.station_id
WHERE  t.tapped_at::date = '2025-05-14'
GROUP  BY s.name
ORDER  BY taps DESC, s.name;
