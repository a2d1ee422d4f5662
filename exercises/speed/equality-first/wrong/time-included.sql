-- INCLUDE carries the time along without sorting by it: all taps of the station are read.
CREATE INDEX tap_station_time ON tap (station_id) INCLUDE (tapped_at);
