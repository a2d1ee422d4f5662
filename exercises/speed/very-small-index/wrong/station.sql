-- Every stretch of pages contains all stations, and the question is about the time anyway.
DROP INDEX tap_tapped_at_idx;
CREATE INDEX tap_time_brin ON tap USING brin (station_id);
