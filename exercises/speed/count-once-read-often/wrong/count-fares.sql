-- count(fare_cents) leaves out taps whose fare is not worked out.
CREATE MATERIALIZED VIEW station_day AS
SELECT station_id, tapped_at::date AS day, count(fare_cents) AS taps, sum(fare_cents) AS fares
FROM   tap
GROUP  BY station_id, tapped_at::date;

CREATE UNIQUE INDEX station_day_key ON station_day (station_id, day);
