-- date_trunc looks as if it kept the type, but it is a function of the column too.
SELECT s.name, count(*) AS taps, sum(t.fare_cents) AS fares
FROM   tap     AS t
JOIN   station AS s ON s.id = t.station_id
WHERE  date_trunc('day', t.tapped_at) = '2025-05-14'
GROUP  BY s.name
ORDER  BY taps DESC, s.name;
