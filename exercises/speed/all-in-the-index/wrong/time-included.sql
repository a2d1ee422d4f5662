-- The time is in the index but not in its order, so all taps of the station are read.
CREATE INDEX tap_station_fares ON tap (station_id) INCLUDE (tapped_at, fare_cents);
