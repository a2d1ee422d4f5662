-- Covers the query, but with the time in front it reads a week of all stations.
CREATE INDEX tap_station_fares ON tap (tapped_at, station_id) INCLUDE (fare_cents);
