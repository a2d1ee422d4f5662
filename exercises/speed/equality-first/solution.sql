CREATE INDEX tap_station_time ON tap (station_id, tapped_at);
