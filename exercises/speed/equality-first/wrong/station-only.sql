-- Finds all taps of the station, and then looks at each row for its time.
CREATE INDEX tap_station_time ON tap (station_id);
