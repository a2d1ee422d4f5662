CREATE INDEX tap_station_fares ON tap (station_id, tapped_at) INCLUDE (fare_cents);
