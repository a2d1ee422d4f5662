-- With the time in front, the index is read for a week of all stations.
CREATE INDEX tap_station_time ON tap (tapped_at, station_id);
