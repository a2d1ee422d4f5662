-- Finds the rows, and then fetches each fare from the table.
CREATE INDEX tap_station_fares ON tap (station_id, tapped_at);
