-- The summary is there, but without an index all of its pages are read.
CREATE MATERIALIZED VIEW station_day AS
SELECT station_id, tapped_at::date AS day, count(*) AS taps, sum(fare_cents) AS fares
FROM   tap
GROUP  BY station_id, tapped_at::date
ORDER  BY day;
