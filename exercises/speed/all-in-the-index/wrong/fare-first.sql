-- The fare stands between the station and the time and tears the week into pieces.
CREATE INDEX tap_station_fares ON tap (fare_cents, station_id, tapped_at);
