-- Counts cards instead of taps: who taps twice counts once, and paper tickets never.
CREATE MATERIALIZED VIEW station_day AS
SELECT station_id, tapped_at::date AS day, count(DISTINCT card_id) AS taps, sum(fare_cents) AS fares
FROM   tap
GROUP  BY station_id, tapped_at::date;

CREATE UNIQUE INDEX station_day_key ON station_day (station_id, day);
