-- A plain view stores no rows: each chart still reads the taps.
CREATE VIEW station_day AS
SELECT station_id, tapped_at::date AS day, count(*) AS taps, sum(fare_cents) AS fares
FROM   tap
GROUP  BY station_id, tapped_at::date;
